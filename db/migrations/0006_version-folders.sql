ALTER TABLE `jobs` ADD `holder` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `folder` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `versions` SET `folder` = 'v' || `number`;
