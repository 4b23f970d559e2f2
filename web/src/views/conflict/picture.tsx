// The image in a version, if it is one. The manager says so by its bytes; what it says is none is not shown.
import { Text } from '@mantine/core';
import { useState } from 'react';
import { legible } from '../../core/hostile.ts';
import { imageAddress } from '../../data/inbox.ts';
import classes from './picture.module.css';

interface PictureProps {
  readonly conflict: string;
  readonly version: number;
  readonly side: string;
  onSeen(width: number, height: number): void;
}

const endings = /\.(png|jpe?g|gif|webp|avif)$/i;

/** Whether it is worth asking: by the name alone, which may lie either way. */
export const looksLikeImage = (subject: string): boolean => endings.test(subject);

export function Picture({ conflict, version, side, onSeen }: PictureProps) {
  const [course, setCourse] = useState<'comes' | 'there' | 'none'>('comes');
  if (course === 'none') {
    return (
      <Text size="xs" c="dimmed">
        It cannot be shown as an image.
      </Text>
    );
  }
  return (
    <img
      className={classes.picture}
      src={`${imageAddress(conflict, side)}?version=${version}`}
      alt={`The version on the ${legible(side)}`}
      decoding="async"
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
        setCourse('there');
        onSeen(naturalWidth, naturalHeight);
      }}
      onError={() => setCourse('none')}
    />
  );
}
