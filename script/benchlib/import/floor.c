// floor STORE NEW [ROWS]: writes the rows that an import kept in STORE once more into NEW, a file of its own with the same table, 200 rows
// a transaction, WAL with synchronous=FULL, and nothing else: no file is read, no row is looked at. Prints the seconds of the inserting.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { texts = 6 };
struct row { long long line; int length[texts]; char *text[texts]; };

static void check(sqlite3 *db, int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  if (count < 3) return 2;
  sqlite3 *store, *db;
  check(NULL, sqlite3_open_v2(words[1], &store, SQLITE_OPEN_READONLY, NULL));
  sqlite3_stmt *read, *insert;
  check(store, sqlite3_prepare_v2(store, "SELECT line, id_number, name, birth, village, said, evidence FROM listed_row", -1, &read, NULL));
  long capacity = 1 << 20, rows = 0, most = count > 3 ? atol(words[3]) : 1L << 40;
  struct row *all = malloc(capacity * sizeof *all);
  while (rows < most && sqlite3_step(read) == SQLITE_ROW) {
    if (rows == capacity) all = realloc(all, (capacity *= 2) * sizeof *all);
    struct row *row = &all[rows++];
    row->line = sqlite3_column_int64(read, 0);
    for (int i = 0; i < texts; i++) {
      row->length[i] = sqlite3_column_bytes(read, i + 1);
      row->text[i] = malloc(row->length[i] + 1);
      memcpy(row->text[i], sqlite3_column_text(read, i + 1), row->length[i]);
    }
  }
  sqlite3_finalize(read);
  sqlite3_close(store);
  check(NULL, sqlite3_open(words[2], &db));
  check(db, sqlite3_exec(db,
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE listed_row (number INTEGER NOT NULL, line INTEGER NOT NULL, id_number TEXT NOT NULL, name TEXT NOT NULL,"
    " birth TEXT NOT NULL, village TEXT NOT NULL, said TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (number, line)) WITHOUT ROWID",
    NULL, NULL, NULL));
  check(db, sqlite3_prepare_v2(db, "INSERT INTO listed_row VALUES (1, ?, ?, ?, ?, ?, ?, ?)", -1, &insert, NULL));
  double begin = now();
  for (long i = 0; i < rows; i++) {
    if (i % 200 == 0) check(db, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
    sqlite3_bind_int64(insert, 1, all[i].line);
    for (int j = 0; j < texts; j++) sqlite3_bind_text(insert, j + 2, all[i].text[j], all[i].length[j], SQLITE_STATIC);
    check(db, sqlite3_step(insert));
    sqlite3_reset(insert);
    if (i % 200 == 199 || i == rows - 1) check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
  }
  printf("%ld %.4f\n", rows, now() - begin);
  sqlite3_finalize(insert);
  sqlite3_close(db);
}
