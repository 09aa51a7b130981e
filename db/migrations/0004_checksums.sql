ALTER TABLE `packages` ADD `download_sha256` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `checksums` text;--> statement-breakpoint
ALTER TABLE `videos` ADD `sha256` text;--> statement-breakpoint
CREATE INDEX `videos_storage_key` ON `videos` (`storage_key`);