"use client";

import dynamic from "next/dynamic";

/** The map needs a browser: it is fetched there, and only by who opens it. */
export const MapLoader = dynamic(() => import("./map-page").then(({ MapPage }) => MapPage), {
  ssr: false,
  loading: () => <div className="flex-1 bg-sunken" aria-busy="true" />,
});
