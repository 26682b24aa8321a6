/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import io.millrace.pipeline.problem.LocatedProblem;
import io.millrace.pipeline.problem.Position;
import io.millrace.pipeline.problem.Problem;
import io.millrace.pipeline.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;

/** Where each path of a pipeline file stands: a single value where it begins, a map or a list where its key is. */
public final class SourceMap {

    private final Map<String, Position> positions = new HashMap<>();

    SourceMap(YamlNode root) {
        add(root);
    }

    private void add(YamlNode node) {
        YamlNode.Place place = node.place();
        if (node instanceof YamlNode.Scalar) {
            positions.putIfAbsent(node.path(), place.value());
            return;
        }
        positions.putIfAbsent(node.path(), place.key());
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(this::add);
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(this::add);
        }
    }

    /** The position of a path, or of its nearest ancestor that the file has. */
    public Position position(String path) {
        String known = path;
        while (!known.isEmpty() && !positions.containsKey(known)) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return positions.getOrDefault(known, Position.START);
    }

    /** A problem with its position. */
    public LocatedProblem locate(Problem problem) {
        return new LocatedProblem(position(problem.path()), problem);
    }
}
