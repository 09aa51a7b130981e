ALTER TABLE `packages` ADD `download_folder` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `download_bytes` integer;--> statement-breakpoint
-- Until now each version's folder held the download, counted among its bytes.
UPDATE `packages` SET `download_folder` = 'v' || `current_version`, `download_bytes` = 0 WHERE `current_version` IS NOT NULL;
