"""peers.py duckdb|polars DIRECTORY OUT THREADS: the exact comparison as a user of that library would write it, CSV in, CSV out."""
import os
import sys

peer, directory, out, threads = sys.argv[1:]
PEOPLE, LIST = f"{directory}/pop.csv", f"{directory}/dept.csv"
if peer == "duckdb":
    import duckdb

    key = "CASE WHEN length(id) = 15 THEN substr(id, 1, 6) || '19' || substr(id, 7) ELSE substr(id, 1, 17) END"
    people = "{'id': 'VARCHAR', 'name': 'VARCHAR', 'birth': 'VARCHAR', 'village': 'VARCHAR'}"
    rows = people[:-1] + ", 'plate': 'VARCHAR', 'amount': 'BIGINT'}"
    database = duckdb.connect()
    database.execute(f"SET threads = {threads}; SET enable_progress_bar = false")
    database.execute(f"""
        COPY (SELECT p.id, d.name AS name_there, p.name AS name_here, d.name = p.name AS same
              FROM (SELECT name, {key} AS k FROM read_csv('{LIST}', header = true, columns = {rows}) WHERE id <> '') d
              JOIN (SELECT id, name, {key} AS k FROM read_csv('{PEOPLE}', header = true, columns = {people})) p USING (k))
        TO '{out}' (HEADER)""")
else:
    os.environ["POLARS_MAX_THREADS"] = threads
    import polars as pl

    identity = pl.col("id")
    key = pl.when(identity.str.len_bytes() == 15).then(identity.str.slice(0, 6) + "19" + identity.str.slice(6)) \
        .otherwise(identity.str.slice(0, 17)).alias("k")
    types = {"id": pl.String, "village": pl.String, "birth": pl.String}
    rows = pl.scan_csv(LIST, schema_overrides=types).with_row_index("row") \
        .select("row", pl.col("name").alias("name_there"), "id").drop_nulls("id").with_columns(key).drop("id")
    people = pl.scan_csv(PEOPLE, schema_overrides=types).select("id", pl.col("name").alias("name_here")).with_columns(key)
    rows.join(people, on="k").with_columns((pl.col("name_there") == pl.col("name_here")).alias("same")) \
        .select("row", "id", "name_there", "name_here", "same").collect().write_csv(out)
