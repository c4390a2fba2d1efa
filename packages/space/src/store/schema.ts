/** The tables of a local space. A story has up to two versions, so that a draft never shows in a published read. */
export const schema = /* sql */ `
  CREATE TABLE IF NOT EXISTS space (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    cv INTEGER NOT NULL,
    languages TEXT NOT NULL DEFAULT '[]'
  ) STRICT;

  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY,
    access TEXT NOT NULL CHECK (access IN ('public', 'private', 'asset', 'release'))
  ) STRICT;

  CREATE TABLE IF NOT EXISTS personal_access_tokens (
    token TEXT PRIMARY KEY
  ) STRICT;

  CREATE TABLE IF NOT EXISTS components (
    name TEXT PRIMARY KEY,
    data TEXT NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS stories (
    id INTEGER PRIMARY KEY,
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
    translated_slugs TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS stories_group ON stories (group_id);

  CREATE TABLE IF NOT EXISTS versions (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version TEXT NOT NULL CHECK (version IN ('draft', 'published')),
    component TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (story_id, version)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_component ON versions (version, component);

  CREATE TABLE IF NOT EXISTS assets (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS releases (
    id INTEGER PRIMARY KEY,
    public INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS release_contents (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    PRIMARY KEY (release_id, story_id)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS datasources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    dimensions TEXT NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS datasource_entries (
    id INTEGER PRIMARY KEY,
    datasource_id INTEGER NOT NULL REFERENCES datasources (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    dimensions TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS datasource_entries_datasource ON datasource_entries (datasource_id);
`

/** Brings a file of the first schema, which knew two kinds of token and no languages, to the present one. */
export const migration = /* sql */ `
  ALTER TABLE space ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE stories ADD COLUMN translated_slugs TEXT;
  ALTER TABLE tokens RENAME TO first_tokens;
  CREATE TABLE tokens (
    token TEXT PRIMARY KEY,
    access TEXT NOT NULL CHECK (access IN ('public', 'private', 'asset', 'release'))
  ) STRICT;
  INSERT INTO tokens SELECT token, access FROM first_tokens ORDER BY rowid;
  DROP TABLE first_tokens;
`
