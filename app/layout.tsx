import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { DENSITY_COOKIE, parseDensity, parseTheme, THEME_COOKIE } from "@/components/lib/preferences";
import { inter, interExtended } from "./fonts";
import "./globals.css";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "Runboard", template: "%s · Runboard" },
  description: "Dispatch console for medical transportation",
  robots: { index: false, follow: false },
  icons: { icon: "/icons/runboard.svg" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f6f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0a0f17" },
  ],
};

/** Theme and density come from cookies, so the first paint is right without a script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, sent] = [await cookies(), await headers()];
  return (
    <html
      lang="en"
      data-theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
      data-density={parseDensity(jar.get(DENSITY_COOKIE)?.value)}
      className={`${inter.variable} ${interExtended.variable}`}
    >
      <body>
        <Providers nonce={sent.get("x-nonce") ?? undefined}>{children}</Providers>
      </body>
    </html>
  );
}
