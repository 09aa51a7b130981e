CREATE TABLE `texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`video_id` integer NOT NULL,
	`language` text NOT NULL,
	`label` text NOT NULL,
	`role` text NOT NULL,
	`storage_key` text NOT NULL,
	`created_at` integer DEFAULT (unixepoch('subsec') * 1000) NOT NULL,
	FOREIGN KEY (`video_id`) REFERENCES `videos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `texts_video_id` ON `texts` (`video_id`);--> statement-breakpoint
DROP INDEX `jobs_package_id`;--> statement-breakpoint
ALTER TABLE `jobs` ADD `task` text DEFAULT '{"kind":"package"}' NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_package_id` ON `jobs` (`package_id`);--> statement-breakpoint
ALTER TABLE `content_keys` ADD `label` text DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE `content_keys` ADD `state` text DEFAULT 'used' NOT NULL;--> statement-breakpoint
ALTER TABLE `packages` ADD `key_mode` text DEFAULT 'one' NOT NULL;--> statement-breakpoint
ALTER TABLE `packages` ADD `signalling` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `versions` ADD `not_carried` text DEFAULT '[]' NOT NULL;