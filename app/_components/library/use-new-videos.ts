'use client';

import { useState } from 'react';
import { newDraft, requestOf } from '../hex-key';
import { uploadQueue } from '../uploads/use-uploads';

/** The choices for videos that are about to be added, and the adding: none while a key of one's own is half given. */
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
