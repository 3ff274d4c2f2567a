import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SecretOnce } from "./secret-once";

type Props = {
  title: string;
  description: string;
  /** Names the text to a screen reader. */
  label: string;
  text: string;
  onClose: () => void;
};

/** Shows a secret that is not kept: closing this is the last that is seen of it. */
export function SecretDialog({ title, description, label, text, onClose }: Props) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <SecretOnce label={label} text={text} />
    </Dialog>
  );
}
