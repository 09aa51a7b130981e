DROP INDEX `packages_video_id`;--> statement-breakpoint
CREATE INDEX `packages_video_id` ON `packages` (`video_id`,`status`,`current_version`);--> statement-breakpoint
CREATE INDEX `packages_status` ON `packages` (`status`,`video_id`);--> statement-breakpoint
ALTER TABLE `videos` ADD `title` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `videos` ADD `description` text DEFAULT '' NOT NULL;--> statement-breakpoint
-- The name without its extension: `rtrim` leaves what ends with the last dot.
UPDATE `videos` SET `title` = CASE
	WHEN instr(`name`, '.') > 0
		AND substr(`name`, length(rtrim(`name`, replace(`name`, '.', ''))) + 1) GLOB '?*'
		AND substr(`name`, length(rtrim(`name`, replace(`name`, '.', ''))) + 1) NOT GLOB '*[^a-zA-Z0-9]*'
		AND length(`name`) - length(rtrim(`name`, replace(`name`, '.', ''))) <= 10
	THEN substr(`name`, 1, length(rtrim(`name`, replace(`name`, '.', ''))) - 1)
	ELSE `name` END;--> statement-breakpoint
UPDATE `videos` SET `title` = coalesce(nullif(trim(substr(`title`, 1, 200)), ''), 'video');--> statement-breakpoint
CREATE INDEX `videos_by_id` ON `videos` (`id`,`owner_id`,`visibility`,`created_at`);--> statement-breakpoint
CREATE INDEX `videos_by_title` ON `videos` ("title" collate nocase,`id`,`owner_id`,`visibility`,`created_at`);--> statement-breakpoint
CREATE INDEX `videos_by_duration` ON `videos` (`duration_seconds`,`id`,`owner_id`,`visibility`,`created_at`);--> statement-breakpoint
CREATE INDEX `videos_by_size` ON `videos` (`size_bytes`,`id`,`owner_id`,`visibility`,`created_at`);--> statement-breakpoint
CREATE VIRTUAL TABLE `video_search` USING fts5(`title`, `description`, `name`, content='videos', content_rowid='id', tokenize='unicode61 remove_diacritics 2');--> statement-breakpoint
CREATE TRIGGER `video_search_insert` AFTER INSERT ON `videos` BEGIN
	INSERT INTO `video_search` (`rowid`, `title`, `description`, `name`) VALUES (new.`id`, new.`title`, new.`description`, new.`name`);
END;--> statement-breakpoint
CREATE TRIGGER `video_search_delete` AFTER DELETE ON `videos` BEGIN
	INSERT INTO `video_search` (`video_search`, `rowid`, `title`, `description`, `name`) VALUES ('delete', old.`id`, old.`title`, old.`description`, old.`name`);
END;--> statement-breakpoint
CREATE TRIGGER `video_search_update` AFTER UPDATE OF `title`, `description`, `name` ON `videos` BEGIN
	INSERT INTO `video_search` (`video_search`, `rowid`, `title`, `description`, `name`) VALUES ('delete', old.`id`, old.`title`, old.`description`, old.`name`);
	INSERT INTO `video_search` (`rowid`, `title`, `description`, `name`) VALUES (new.`id`, new.`title`, new.`description`, new.`name`);
END;--> statement-breakpoint
INSERT INTO `video_search` (`video_search`) VALUES ('rebuild');
