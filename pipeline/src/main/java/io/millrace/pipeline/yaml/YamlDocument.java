/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.yaml;

import io.millrace.pipeline.problem.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads the one document of a text into nodes. One use, one thread. */
public final class YamlDocument {

    private static final int DEEPEST = 32;
    private static final YamlNode.Place ROOT = new YamlNode.Place("", "", Position.START, Position.START);

    private final Parser parser;
    private final Variables variables;
    private Position reached = Position.START;

    private YamlDocument(String text, Map<String, String> environment) {
        this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
        this.variables = new Variables(environment);
    }

    /** The document's map of keys. */
    public static YamlNode.Mapping read(String text, Map<String, String> environment) {
        YamlDocument document = new YamlDocument(text, environment);
        try {
            return document.document();
        } catch (ReaderException e) {
            throw new YamlException(
                    position(text, e.getPosition()),
                    String.format("found a character that YAML does not allow, U+%04X. Remove it.", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            throw new YamlException(
                    position(e.getProblemMark()),
                    "not valid YAML: " + Excerpt.sentence(e.getProblem())
                            + " Look at the indentation, quotes and brackets here and on the line before.");
        } catch (YAMLException | IllegalArgumentException e) {
            throw new YamlException(
                    document.reached,
                    "not valid YAML after this place: " + Excerpt.sentence(String.valueOf(e.getMessage())));
        }
    }

    private YamlNode.Mapping document() {
        next();
        if (next().getEventId() == Event.ID.StreamEnd) {
            throw new YamlException(Position.START, "the file is empty. Begin it with 'millrace: 1'.");
        }
        Event first = next();
        YamlNode root = node(first, ROOT, 0);
        next();
        Event end = next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw new YamlException(
                    position(end),
                    "found a second document. A file holds one pipeline: move the rest to its own file.");
        }
        if (root instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new YamlException(position(first), "expected keys such as 'millrace: 1', found " + root.found() + ".");
    }

    private YamlNode node(Event event, YamlNode.Place place, int depth) {
        plainly(event);
        if (depth > DEEPEST) {
            throw new YamlException(
                    position(event), "found more than " + DEEPEST + " levels of nesting. Close what is open.");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, place);
        }
        return event instanceof MappingStartEvent ? mapping(place, depth) : sequence(place, depth);
    }

    private YamlNode scalar(ScalarEvent event, YamlNode.Place place) {
        Variables.Resolved resolved = variables.resolve(event.getValue());
        return new YamlNode.Scalar(place, event.getValue(), event.isPlain(), resolved.text(), resolved.trouble());
    }

    private YamlNode mapping(YamlNode.Place place, int depth) {
        List<YamlNode> entries = new ArrayList<>();
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            plainly(key);
            if (!(key instanceof ScalarEvent name)) {
                throw new YamlException(position(key), "found a key that is a list or a map. Keys are names.");
            }
            Event value = next();
            entries.add(node(value, place.child(name.getValue(), position(key), position(value)), depth + 1));
        }
        return new YamlNode.Mapping(place, entries);
    }

    private YamlNode sequence(YamlNode.Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
            items.add(node(item, place.item(items.size(), position(item)), depth + 1));
        }
        return new YamlNode.Sequence(place, items);
    }

    private static void plainly(Event event) {
        if (event.getEventId() == Event.ID.Alias) {
            throw new YamlException(position(event), "found a YAML alias. Write the value out.");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw new YamlException(
                    position(event), "found a YAML anchor, " + Excerpt.quoted("&" + node.getAnchor()) + ". Remove it.");
        }
        String tag = tag(event);
        if (tag != null) {
            throw new YamlException(
                    position(event),
                    "found a YAML tag, " + Excerpt.quoted(tag) + ". Remove it: each key has its type.");
        }
    }

    private static @Nullable String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private Event next() {
        Event event = parser.getEvent();
        reached = position(event);
        return event;
    }

    private static Position position(Event event) {
        return position(event.getStartMark());
    }

    private static Position position(@Nullable Mark mark) {
        return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position position(String text, int index) {
        int end = Math.min(index, text.length());
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int line = 1
                + (int) text.substring(0, end)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
        return new Position(line, end - lineStart + 1);
    }
}
