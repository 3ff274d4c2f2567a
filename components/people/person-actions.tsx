"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRemove } from "@/components/fleet/use-remove";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu } from "@/components/ui/menu";
import { toastError } from "@/components/ui/toast";
import type { ShownLink } from "./link-dialog";
import type { Person } from "./people-columns";

type Question = { title: string; words: string; action: string; danger?: boolean; run: () => Promise<unknown> };
type Props = { person: Person; version: number; onLink: (link: ShownLink) => void; onDone: () => void };

/** What an admin is asked before it is done to a person. */
function useQuestions({ person: { id, name }, version }: Pick<Props, "person" | "version">) {
  const trpc = useTRPC();
  const { mutateAsync: deactivate } = useMutation(trpc.people.deactivate.mutationOptions());
  const { mutateAsync: removeFactor } = useMutation(trpc.people.removeSecondFactor.mutationOptions());
  const { mutateAsync: edit } = useMutation(trpc.people.edit.mutationOptions());
  return {
    deactivate: {
      title: `Deactivate ${name}`,
      words: "Every session and connection of theirs ends at once. What they did stays.",
      action: "Deactivate",
      danger: true,
      run: () => deactivate({ id }),
    },
    removeFactor: {
      title: `Remove the second factor of ${name}`,
      words: "Make sure it is they who ask. They are signed out and come in by the password alone.",
      action: "Remove it",
      danger: true,
      run: () => removeFactor({ id }),
    },
    activate: {
      title: `Activate ${name} again`,
      words: "They sign in as before.",
      action: "Activate",
      run: () => edit({ id, version, active: true }),
    },
  } satisfies Record<string, Question>;
}

/** What else an admin does with a person: a link for a password, the second factor, in and out of use. */
export function PersonActions({ person, version, onLink, onDone }: Props) {
  const trpc = useTRPC();
  const questions = useQuestions({ person, version });
  const [asking, setAsking] = useState<keyof typeof questions | null>(null);
  const makeLink = useMutation(
    trpc.people.makeLink.mutationOptions({
      onSuccess: (link) => {
        onLink({ name: person.name, ...link });
        onDone();
      },
      onError: (error) => toastError("No link was made", refusalText(error)),
    }),
  );
  const link = {
    id: "link",
    label: person.hasPassword ? "Make a link for a new password" : "Make a new invitation",
    run: () => makeLink.mutate({ id: person.id }),
  };
  const ask = (id: keyof typeof questions, label: string, danger = false) => ({
    id,
    label,
    danger,
    run: () => setAsking(id),
  });
  const factor = person.hasSecondFactor ? [ask("removeFactor", "Remove the second factor")] : [];
  const groups = person.active
    ? [[link, ...factor], [ask("deactivate", "Deactivate", true)]]
    : [[ask("activate", "Activate again")]];
  return (
    <>
      <Menu align="start" side="top" trigger={<Button>More</Button>} groups={groups} />
      {asking && <Ask question={questions[asking]} onClose={() => setAsking(null)} onDone={onDone} />}
    </>
  );
}

function Ask({ question, onClose, onDone }: { question: Question; onClose: () => void; onDone: () => void }) {
  const { title, words, action, danger, run } = question;
  const doing = useRemove({ remove: run, said: `${title}: done`, onDone });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      action={action}
      danger={danger}
      {...doing}
    >
      {words}
    </ConfirmDialog>
  );
}
