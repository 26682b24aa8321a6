/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.problem.Position;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {

    private static final String LOOK = " Look at the indentation, quotes and brackets here and on the line before.";

    private static YamlNode.Mapping read(String text) {
        return YamlDocument.read(text, Map.of("HOST", "broker", "EMPTY", ""));
    }

    private static String refusal(String text) {
        try {
            return "no refusal: " + read(text);
        } catch (YamlException e) {
            return e.position().line() + ":" + e.position().column() + " " + e.getMessage();
        }
    }

    private static YamlNode.Scalar scalar(String written) {
        YamlNode node = read("key: " + written).entry("key");
        return (YamlNode.Scalar) java.util.Objects.requireNonNull(node);
    }

    @Test
    void nodesKnowWhereTheyStand() {
        YamlNode.Mapping root = read("a:\n  b: [x, { c: y }]\n");

        assertThat(root.toString())
                .isEqualTo(new YamlNode.Mapping(
                                place("", "", 1, 1, 1, 1),
                                java.util.List.of(new YamlNode.Mapping(
                                        place("a", "a", 1, 1, 2, 3),
                                        java.util.List.of(new YamlNode.Sequence(
                                                place("b", "a.b", 2, 3, 2, 6),
                                                java.util.List.of(
                                                        text(place("", "a.b[0]", 2, 7, 2, 7), "x"),
                                                        new YamlNode.Mapping(
                                                                place("", "a.b[1]", 2, 10, 2, 10),
                                                                java.util.List.of(text(
                                                                        place("c", "a.b[1].c", 2, 12, 2, 15),
                                                                        "y")))))))))
                        .toString());
    }

    private static YamlNode.Place place(String name, String path, int keyLine, int keyColumn, int line, int column) {
        return new YamlNode.Place(name, path, new Position(keyLine, keyColumn), new Position(line, column));
    }

    private static YamlNode.Scalar text(YamlNode.Place place, String text) {
        return new YamlNode.Scalar(place, text, true, text, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    x         | TEXT
                    yes       | TEXT
                    "5"       | TEXT
                    'true'    | TEXT
                    1:30      | TEXT
                    1_000     | TEXT
                    0x10      | TEXT
                    .nan      | TEXT
                    2020-01-01 | TEXT
                    5         | NUMBER
                    -0.5      | NUMBER
                    +.5e-3    | NUMBER
                    1.        | NUMBER
                    true      | BOOLEAN
                    false     | BOOLEAN
                    True      | TEXT
                    null      | NOTHING
                    ~         | NOTHING
                    """)
    void kindsOfScalars(String written, YamlNode.Kind kind) {
        assertThat(scalar(written).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ${HOST}                  | broker
                    "${HOST}:9092,${HOST}:1" | broker:9092,broker:1
                    ${NONE:-localhost:9092}  | localhost:9092
                    ${EMPTY:-localhost}      | localhost
                    ${HOST:-localhost}       | broker
                    a${EMPTY}b               | ab
                    $${HOST}                 | ${HOST}
                    $HOST                    | $HOST
                    "price in $"             | price in $
                    ${NONE:-a$1\\b}          | a$1\\b
                    """)
    void variables(String written, String text) {
        assertThat(scalar(written).trouble()).isNull();
        assertThat(scalar(written).text()).isEqualTo(text);
    }

    @Test
    void valueOfVariableIsWhateverItLooksLike() {
        assertThat(scalar("\"${NONE:-5}\"").kind()).isEqualTo(YamlNode.Kind.NUMBER);
        assertThat(scalar("\"${NONE:-5}\"").found()).isEqualTo("the value of '${NONE:-5}'");
    }

    @Test
    void foundTextIsShownOnOneLineAndNotWhole() {
        assertThat(scalar("\"a\\nb\\t\\u200b\"").found()).isEqualTo("'a\\nb\\t\\u200b'");
        assertThat(scalar("x".repeat(200)).found()).isEqualTo("'" + "x".repeat(120) + "…'");
    }

    @Test
    void repeatedKeysAreBothThere() {
        assertThat(read("a: 1\na: 2").entries()).hasSize(2);
    }

    @Test
    void notYaml() {
        assertThat(refusal("a: b: c")).isEqualTo("1:5 not valid YAML: mapping values are not allowed here." + LOOK);
        assertThat(refusal("a:\n\t- 1"))
                .isEqualTo("2:1 not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
                        + " \\t(TAB) for indentation)." + LOOK);
        assertThat(refusal("a: \"x")).isEqualTo("1:6 not valid YAML: found unexpected end of stream." + LOOK);
        assertThat(refusal("a: [1")).isEqualTo("1:6 not valid YAML: expected ',' or ']', but got <stream end>." + LOOK);
        assertThat(refusal("a: 1\nb: \u0007"))
                .isEqualTo("2:4 found a character that YAML does not allow, U+0007." + " Remove it.");
        assertThat(refusal("a: 1\nb: \"\\UFFFFFFFF\""))
                .isEqualTo("2:1 not valid YAML after this place: For input string: \"FFFFFFFF\" under radix 16.");
    }

    @Test
    void yamlThatAPipelineFileMayNotUse() {
        assertThat(refusal("a: &x 1")).isEqualTo("1:4 found a YAML anchor, '&x'. Remove it.");
        assertThat(refusal("a: *x")).isEqualTo("1:4 found a YAML alias. Write the value out.");
        assertThat(refusal("a: !!java.net.URL [x]"))
                .isEqualTo("1:4 found a YAML tag, 'tag:yaml.org,2002:java.net.URL'. Remove it: each key has its type.");
        assertThat(refusal("a: 1\n---\nb: 1"))
                .isEqualTo("2:1 found a second document. A file holds one pipeline: move the rest to its own file.");
        assertThat(refusal("? [1]\n: 2")).isEqualTo("1:3 found a key that is a list or a map. Keys are names.");
        assertThat(refusal("a: " + "[".repeat(100)))
                .isEqualTo("1:36 found more than 32 levels of nesting. Close what is open.");
    }

    @Test
    void documentsThatAreNoMap() {
        assertThat(refusal("")).isEqualTo("1:1 the file is empty. Begin it with 'millrace: 1'.");
        assertThat(refusal("# nothing\n")).isEqualTo("1:1 the file is empty. Begin it with 'millrace: 1'.");
        assertThat(refusal("- 1")).isEqualTo("1:1 expected keys such as 'millrace: 1', found a list.");
        assertThat(refusal("\n---\nx")).isEqualTo("3:1 expected keys such as 'millrace: 1', found 'x'.");
    }
}
