"""What all sections of the site share.

Each package has one subject: pages, cache, feedback, messages, service places, the editors' desk
(staff) and so on. The modules beside them are used by several packages and apps:

content     `fields`, `material_lists`, `text_checks` with `untranslated`, `samples`, `charts`,
            `chinese_words`, `table_export`, `trash`
visitors    `visitors` tells them apart, `rate_limits` and `one_time` guard public forms,
            `display_settings` and `subdistrict_choice` are cookies of theirs, `subdistricts`
worker      `jobs`, `housekeeping`, `worker_state`, `clock`
database    `brief_writes`, `plain_inserts`
set-up      `roles`, `wagtail_hooks`, `apps`, `urls`
"""
