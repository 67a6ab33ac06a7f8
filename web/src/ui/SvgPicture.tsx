import { Image } from "@mantine/core";

/** A picture that the API answered as SVG. As an image it can load and run nothing. */
export function SvgPicture({ svg, alt, size }: { svg: string; alt: string; size: number }) {
  return <Image src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={alt} w={size} h={size} fit="contain" radius="md" />;
}
