"""scikit-learn's t-SNE and its `trustworthiness`: a line of JSON for each line of JSON on standard input."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE, trustworthiness

NEIGHBOURS = 10


def answer(codings: np.ndarray, question: dict) -> dict:
    """Judges given points, or makes points of the codings."""
    if question["ask"] == "judge":
        points = np.fromfile(question["points"], np.float32).reshape(-1, 3)
        return {"trustworthiness": float(trustworthiness(codings, points, n_neighbors=NEIGHBOURS))}
    began = time.perf_counter()
    tsne = TSNE(
        n_components=question["dimensions"],
        perplexity=question["perplexity"],
        max_iter=question["iterations"],
        init="pca",
        random_state=0,
    )
    points = tsne.fit_transform(codings)
    ms = 1000 * (time.perf_counter() - began)
    judged = trustworthiness(codings, points, n_neighbors=NEIGHBOURS)
    return {"ms": ms, "trustworthiness": float(judged)}


def main() -> None:
    file, size = sys.argv[1:]
    codings = np.fromfile(file, np.float32).reshape(-1, int(size))
    # The first fit compiles and loads what later ones have.
    TSNE(n_components=2, max_iter=250).fit_transform(codings[:200])
    print(json.dumps({"version": sklearn.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(codings, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
