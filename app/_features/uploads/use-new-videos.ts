'use client';

import { useState } from 'react';
import { newDraft, requestOf } from '@/app/_features/packages/package-form';
import { uploadQueue } from './use-uploads';

/**
 * The package options for new videos, and the function that adds them. Nothing is added while the user's own
 * key is incomplete.
 */
export function useNewVideos() {
  const [draft, setDraft] = useState(newDraft);
  const [isOptionsOpen, setOptionsOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const request = requestOf(draft);

  const add = (files: File[]) => {
    setRefused(request === null);
    if (request === null) setOptionsOpen(true);
    else uploadQueue.add(files, request);
  };

  const problem =
    isRefused && request === null
      ? 'Complete your key under Options first, then add the videos again.'
      : null;
  return { draft, setDraft, isOptionsOpen, setOptionsOpen, add, isRefused, problem };
}
