/** The version of the tables below, kept in the file as `user_version`. */
export const schemaVersion = 2

/** The tables of a local space. A story has a row for each version, so that a draft never shows in a published read. */
export const schema = /* sql */ `
  CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    cv INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT;

  CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    access TEXT NOT NULL CHECK (access IN ('public', 'private', 'asset', 'release', 'theme')),
    name TEXT,
    branch_id INTEGER,
    story_ids TEXT NOT NULL DEFAULT '[]',
    release_ids TEXT NOT NULL DEFAULT '[]',
    min_cache INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE credentials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'legacy', 'oauth')),
    display TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    space_ids TEXT NOT NULL,
    user_permission INTEGER NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    revoked_at TEXT,
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    full_slug TEXT NOT NULL UNIQUE,
    parent_id INTEGER NOT NULL,
    is_folder INTEGER NOT NULL,
    is_startpage INTEGER NOT NULL,
    position INTEGER NOT NULL,
    group_id TEXT NOT NULL,
    tag_list TEXT NOT NULL,
    sort_by_date TEXT,
    path TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    published_at TEXT,
    first_published_at TEXT,
    translated_slugs TEXT,
    workflow_stage_id INTEGER,
    settings TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX stories_group ON stories (group_id);
  CREATE INDEX stories_parent ON stories (parent_id);

  -- version: 'draft', 'published', 'release:<id>' or 'branch:<id>'
  CREATE TABLE versions (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    component TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (story_id, version)
  ) STRICT;
  CREATE INDEX versions_component ON versions (version, component);

  CREATE TABLE assets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    is_private INTEGER NOT NULL,
    file TEXT,
    body BLOB,
    data TEXT NOT NULL
  ) STRICT;

  CREATE TABLE datasource_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    datasource_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    dimensions TEXT NOT NULL
  ) STRICT;
  CREATE INDEX datasource_entries_datasource ON datasource_entries (datasource_id);

  -- What has an id and is read and written whole, such as a component or a webhook endpoint.
  CREATE TABLE records (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sequences (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
`
