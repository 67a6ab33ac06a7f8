import encodeQR from "qr";
import { SvgPicture } from "./SvgPicture";

const SIZE = 180;
/** The margin that ISO/IEC 18004 asks for around a code. */
const BORDER = 4;

/** A text as a QR code; on white, whatever the room is like, because readers look for dark on light. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const svg = encodeQR(text, "svg", { ecc: "medium", border: BORDER }).replace("<svg ", '<svg style="background:#fff" ');
  return <SvgPicture svg={svg} alt={label} size={SIZE} />;
}
