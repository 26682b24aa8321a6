/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * YAML text as a tree of nodes that know where they stand.
 *
 * <p>Enters: the text of one file and the environment that {@code ${VAR}} names. Leaves: {@link
 * io.millrace.pipeline.yaml.YamlNode}s with path, line and column, or one {@link
 * io.millrace.pipeline.yaml.YamlException}. Nodes come from the parser's events, so that nothing is ever constructed or
 * expanded: anchors, aliases and tags are refused. Never here: what a key means.
 */
@NullMarked
package io.millrace.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
