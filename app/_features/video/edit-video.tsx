'use client';

import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogActions } from '@/app/_ui/dialog';
import { TextAreaField, TextField } from '@/app/_ui/field';
import { FailureLine } from '@/app/_ui/notice';
import type { VideoView } from '@/lib/videos/video-view';

interface EditVideoProps {
  video: VideoView;
  onChanged: () => Promise<void>;
}

/** Changes the title and the description of a video, in a dialog. */
export function EditVideo({ video, onChanged }: EditVideoProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="icon" kind="quiet" icon={Pencil} onClick={() => setOpen(true)}>
        Edit title and description
      </Button>
      {isOpen && (
        <Dialog title="Title and description" isWide onClose={() => setOpen(false)}>
          {(close) => <EditForm video={video} onChanged={onChanged} onClose={close} />}
        </Dialog>
      )}
    </>
  );
}

function EditForm({ video, onChanged, onClose }: EditVideoProps & { onClose: () => void }) {
  const [title, setTitle] = useState(video.title);
  const [description, setDescription] = useState(video.description);
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['title', 'description']);
  const save = () =>
    attempt(async () => {
      const body = { title, description };
      await callApi('PATCH', '/api/videos/{id}', { params: { id: video.id }, body });
      await onChanged();
      onClose();
    });
  return (
    // The server checks the fields, and names the one that is wrong.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="mt-5 grid gap-5">
        <TextField
          label="Title"
          dir="auto"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          problem={failureAt('title')}
        />
        <TextAreaField
          label="Description"
          isOptional
          dir="auto"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          problem={failureAt('description')}
        />
      </div>
      <FailureLine text={failure} className="mt-4" />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" kind="primary" disabled={isBusy}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
