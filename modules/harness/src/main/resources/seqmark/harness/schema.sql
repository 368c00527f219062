-- One file per experiment. Trials are found by their id, for instance 'g2p-bahdanau-1'.

CREATE TABLE experiment (
  name   TEXT NOT NULL,
  config TEXT NOT NULL,  -- as YAML, overrides and defaults filled in
  folder TEXT NOT NULL   -- where the config's relative paths start
);

CREATE TABLE provenance (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE trial (
  id                      TEXT PRIMARY KEY,
  position                INTEGER NOT NULL,  -- in the order of the config
  model                   TEXT NOT NULL,
  task                    TEXT NOT NULL,
  seed                    INTEGER NOT NULL,
  setting                 TEXT NOT NULL,     -- JSON: the grid's values
  status                  TEXT NOT NULL,     -- OPEN, FINISHED, DIVERGED or FAILED
  message                 TEXT NOT NULL,     -- why it failed or diverged
  trace                   TEXT NOT NULL,     -- the stack trace of a failure
  parameters              INTEGER NOT NULL,
  flops_per_token         REAL NOT NULL,
  peak_bytes              INTEGER NOT NULL,
  steps                   INTEGER NOT NULL,
  best_step               INTEGER NOT NULL,
  train_tokens_per_second REAL NOT NULL,
  train_seconds           REAL NOT NULL,
  data_hash               TEXT NOT NULL,
  weights_hash            TEXT NOT NULL,
  difficulty              TEXT NOT NULL,     -- what buckets are sorted by
  shared                  INTEGER NOT NULL   -- test examples with a source that training shows too
);

CREATE TABLE curve (                          -- validation during training
  trial           TEXT NOT NULL REFERENCES trial (id),
  step            INTEGER NOT NULL,
  tokens          INTEGER NOT NULL,
  seconds         REAL NOT NULL,
  train_loss      REAL NOT NULL,              -- nats per token
  validation_loss REAL NOT NULL,
  metrics         TEXT NOT NULL,              -- JSON: by name
  PRIMARY KEY (trial, step)
);

CREATE TABLE metric (                         -- on the test set
  trial            TEXT NOT NULL REFERENCES trial (id),
  position         INTEGER NOT NULL,
  name             TEXT NOT NULL,
  value            REAL,                      -- NULL is not a number
  low              REAL,                      -- 95% interval over test examples
  high             REAL,
  examples         INTEGER NOT NULL,
  higher_is_better INTEGER NOT NULL,
  chance           REAL,                      -- what guessing scores
  PRIMARY KEY (trial, position)
);

CREATE TABLE bucket (                         -- the test set by difficulty
  trial      TEXT NOT NULL REFERENCES trial (id),
  difficulty INTEGER NOT NULL,
  examples   INTEGER NOT NULL,
  metrics    TEXT NOT NULL,                   -- JSON: by name
  chance     TEXT NOT NULL,                   -- JSON: by name
  PRIMARY KEY (trial, difficulty)
);

CREATE TABLE sample (                         -- test examples to read
  trial    TEXT NOT NULL REFERENCES trial (id),
  position INTEGER NOT NULL,
  source   TEXT NOT NULL,
  target   TEXT NOT NULL,
  output   TEXT NOT NULL,
  correct  INTEGER NOT NULL,
  PRIMARY KEY (trial, position)
);

CREATE TABLE attention (                      -- test examples to draw
  trial    TEXT NOT NULL REFERENCES trial (id),
  position INTEGER NOT NULL,
  source   TEXT NOT NULL,                     -- JSON: symbols
  output   TEXT NOT NULL,                     -- JSON: symbols
  weights  TEXT NOT NULL,                     -- JSON: a row per output symbol
  PRIMARY KEY (trial, position)
);
