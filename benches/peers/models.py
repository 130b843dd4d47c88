"""falter's trees as models of its peers: `python models.py TREES.json FOLDER`.

FOLDER gets trees.onnx (ONNX TreeEnsembleRegressor), trees.ydf.zip (a YDF model) and trees.m2cgen.js (JavaScript as m2cgen
writes it). All give the margin: the sum of the trees, before calibration. None is trained: the trees are the shipped
model's own, split for split. The peers know no oblivious trees, so each level's split is written once a node.
"""

import json
import pathlib
import sys
import tempfile
import zipfile

import numpy
import onnx
import ydf
from m2cgen import ast
from m2cgen.interpreters import JavascriptInterpreter
from onnx import TensorProto, helper
from ydf.model import tree as ydf_tree

FEATURES = 64
# Stands for "not known" where a peer fills gaps with a column's mean: under every edge, as falter has it.
UNDER_ALL = -1e30


def walk(tree, leaf, split, level=0, index=0):
    """Builds a plain binary tree: leaf(value) at the ends, split(feature, edge, no, yes) between."""
    if level == len(tree["splits"]):
        return leaf(tree["leaves"][index])
    feature, edge = tree["splits"][level]
    no = walk(tree, leaf, split, level + 1, index)
    yes = walk(tree, leaf, split, level + 1, index | 1 << level)
    return split(feature, edge, no, yes)


def write_onnx(model, path):
    nodes = []

    def place(found, number):
        """Numbers the nodes of a tree from its root on; children point back at their parent's row."""
        row = {"id": number[0], "found": found}
        number[0] += 1
        nodes[-1].append(row)
        if isinstance(found, tuple):
            _, _, no, yes = found
            row["no"], row["yes"] = place(no, number), place(yes, number)
        return row["id"]

    for tree in model["trees"]:
        nodes.append([])
        place(walk(tree, lambda value: value, lambda *split: split), [0])
    rows = [(i, row) for i, tree in enumerate(nodes) for row in tree]
    inner = [isinstance(row["found"], tuple) for _, row in rows]
    leaves = [(i, row) for (i, row), is_inner in zip(rows, inner) if not is_inner]
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["features"],
        ["margin"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        base_values=[model["base"]],
        nodes_treeids=[i for i, _ in rows],
        nodes_nodeids=[row["id"] for _, row in rows],
        nodes_featureids=[row["found"][0] if ok else 0 for (_, row), ok in zip(rows, inner)],
        nodes_values=[row["found"][1] if ok else 0.0 for (_, row), ok in zip(rows, inner)],
        nodes_modes=["BRANCH_LEQ" if ok else "LEAF" for ok in inner],
        nodes_truenodeids=[row.get("no", 0) for _, row in rows],
        nodes_falsenodeids=[row.get("yes", 0) for _, row in rows],
        nodes_missing_value_tracks_true=[int(ok) for ok in inner],
        target_treeids=[i for i, _ in leaves],
        target_nodeids=[row["id"] for _, row in leaves],
        target_ids=[0 for _ in leaves],
        target_weights=[row["found"] for _, row in leaves],
    )
    graph = helper.make_graph(
        [node],
        "trees",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, FEATURES])],
        [helper.make_tensor_value_info("margin", TensorProto.FLOAT, [1, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


def write_ydf(model, path):
    names = [f"f{i}" for i in range(FEATURES)]
    # Two values a column, for there to be a model at all; its own trees go.
    rows = {name: numpy.array([UNDER_ALL, 2 * UNDER_ALL] * 50, dtype=numpy.float32) for name in names}
    rows["margin"] = numpy.arange(100, dtype=numpy.float32)
    learner = ydf.GradientBoostedTreesLearner(
        label="margin", task=ydf.Task.REGRESSION, num_trees=1, validation_ratio=0.0, features=names, pure_serving_model=True
    )
    trained = learner.train(rows, verbose=0)
    while trained.num_trees():
        trained.remove_tree(0)
    columns = {column.name: i for i, column in enumerate(trained.data_spec().columns)}

    def leaf(value):
        return ydf_tree.Leaf(value=ydf_tree.RegressionValue(num_examples=1, value=value))

    def split(feature, edge, no, yes):
        # theirs is value >= threshold
        over = float(numpy.nextafter(numpy.float32(edge), numpy.float32(numpy.inf)))
        condition = ydf_tree.NumericalHigherThanCondition(
            missing=False, score=1.0, attribute=columns[names[feature]], threshold=over
        )
        return ydf_tree.NonLeaf(condition=condition, pos_child=yes, neg_child=no)

    for tree in model["trees"]:
        trained.add_tree(ydf_tree.Tree(root=walk(tree, leaf, split)))
    trained.set_initial_predictions([model["base"]])
    with tempfile.TemporaryDirectory() as folder:
        trained.save(f"{folder}/model")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for file in sorted(pathlib.Path(f"{folder}/model").iterdir()):
                packed.write(file, file.name)


def write_m2cgen(model, path):
    def split(feature, edge, no, yes):
        test = ast.CompExpr(ast.FeatureRef(feature), ast.NumVal(edge), ast.CompOpType.GT)
        return ast.IfExpr(test, yes, no)

    trees = [walk(tree, ast.NumVal, split) for tree in model["trees"]]
    # a balanced sum, as m2cgen's own assemblers make it: a long one is too deep to interpret
    while len(trees) > 1:
        pairs = zip(trees[::2], trees[1::2])
        trees = [ast.BinNumExpr(a, b, ast.BinNumOpType.ADD) for a, b in pairs] + trees[len(trees) & ~1 :]
    whole = ast.BinNumExpr(ast.NumVal(model["base"]), trees[0], ast.BinNumOpType.ADD)
    pathlib.Path(path).write_text(JavascriptInterpreter().interpret(whole))


if __name__ == "__main__":
    source, folder = sys.argv[1:]
    model = json.loads(pathlib.Path(source).read_text())
    write_onnx(model, f"{folder}/trees.onnx")
    write_ydf(model, f"{folder}/trees.ydf.zip")
    write_m2cgen(model, f"{folder}/trees.m2cgen.js")
