ALTER TABLE `videos` ADD `owner_id` text;--> statement-breakpoint
ALTER TABLE `videos` ADD `visibility` text DEFAULT 'private' NOT NULL;--> statement-breakpoint
CREATE INDEX `videos_owner_id` ON `videos` (`owner_id`);