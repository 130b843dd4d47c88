"""Whether a job's rows are all there, once."""

import json

import numpy as np
import pyarrow.parquet


def check(found, out, alone, sessions):
    """Reads every row's key; where falter alone wrote the same recording, compares bytes."""
    wrong, rows, visits, compared, seen = [], 0, 0, 0, set()
    for recording in found:
        path, receipt = out / recording.rows, json.loads((out / recording.receipt).read_text())
        keys = pyarrow.parquet.read_table(path, columns=["session", "t"], partitioning=None)
        rows += len(keys)
        visits += receipt["visits"]
        ids = set(keys["session"].unique().to_pylist())
        if len(keys) != receipt["rows"] or is_double(keys) or ids & seen:
            wrong.append(recording.path)
        seen |= ids
        by_itself = alone / recording.rows
        if by_itself.exists():
            compared += 1
            if by_itself.read_bytes() != path.read_bytes():
                wrong.append(f"{recording.path}: other bytes than alone")
    if visits != sessions:
        wrong.append(f"{visits} visits of {sessions}")
    if len(list(out.glob("rows/*/*"))) != len(found):
        wrong.append("rows of no recording")
    return {"rows": rows, "visits": visits, "sessions_with_rows": len(seen), "files_compared": compared, "wrong": wrong}


def is_double(keys):
    """Whether a session and time is there twice."""
    session = keys["session"].combine_chunks().dictionary_encode().indices.to_numpy()
    key = session.astype(np.int64) << 32 | keys["t"].to_numpy().astype(np.int64)
    return len(np.unique(key)) != len(key)
