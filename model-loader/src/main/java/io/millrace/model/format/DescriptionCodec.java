/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ModelException;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.InputLayout;
import io.millrace.model.bundle.NetworkInput;
import io.millrace.model.bundle.Task;
import io.millrace.model.bundle.TrainingWindow;
import io.millrace.model.json.JsonObject;
import io.millrace.model.json.JsonText;
import io.millrace.model.network.Shape;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The part of {@code bundle.json} that describes the model. */
final class DescriptionCodec {

    private static final int FORMAT = 1;
    private static final String OUTPUT = "outputs";

    private DescriptionCodec() {}

    static Description read(JsonObject bundle) {
        int format = bundle.integer("millrace_bundle");
        if (format != FORMAT) {
            throw bundle.refuse(
                    "millrace_bundle", "is " + format + ", this version reads format " + FORMAT + ". Upgrade Millrace");
        }
        InputLayout layout = layout(bundle);
        JsonObject output = only(bundle, "outputs");
        Description description = describe(bundle, layout, width(output), output.texts("labels"));
        output.text("name");
        output.rejectUnknownKeys();
        return description;
    }

    static ObjectNode write(Description description) {
        ObjectNode bundle = JsonText.newObject();
        bundle.put("millrace_bundle", FORMAT);
        bundle.put("name", description.name());
        bundle.put("version", description.version());
        bundle.put("task", description.task().word());
        ArrayNode inputs = bundle.putArray("inputs");
        description
                .layout()
                .inputs()
                .forEach(input -> end(inputs, input.name(), input.shape().dimensions(), "features", input.features()));
        int[] width = {description.outputs()};
        end(bundle.putArray("outputs"), OUTPUT, width, "labels", description.labels());
        bundle.put("feature_digest", description.featureDigest());
        bundle.put("threshold", Double.isNaN(description.threshold()) ? null : (Double) description.threshold());
        writeTraining(bundle, description.training());
        ObjectNode metrics = bundle.putObject("metrics");
        description.metrics().forEach(metrics::put);
        ObjectNode seeds = bundle.putObject("seeds");
        description.seeds().forEach(seeds::put);
        return bundle;
    }

    private static Description describe(JsonObject bundle, InputLayout layout, int outputs, List<String> labels) {
        try {
            return new Description(
                    bundle.text("name"),
                    bundle.text("version"),
                    task(bundle),
                    layout,
                    outputs,
                    labels,
                    bundle.optionalText("feature_digest"),
                    bundle.optionalNumber("threshold"),
                    training(bundle),
                    map(bundle.object("metrics"), JsonObject::number),
                    map(bundle.object("seeds"), JsonObject::wholeNumber));
        } catch (IllegalArgumentException e) {
            throw contradiction(e);
        }
    }

    private static ModelException contradiction(IllegalArgumentException e) {
        return new ModelException(
                ModelException.Code.CONTENT, "bundle.json: " + e.getMessage() + ". Write the bundle again.", e);
    }

    private static InputLayout layout(JsonObject bundle) {
        List<NetworkInput> inputs = new ArrayList<>();
        for (JsonObject input : bundle.objects("inputs")) {
            inputs.add(input(input));
        }
        try {
            return new InputLayout(inputs);
        } catch (IllegalArgumentException e) {
            throw contradiction(e);
        }
    }

    private static NetworkInput input(JsonObject input) {
        String name = input.text("name");
        Shape shape = shape(input);
        List<String> features = input.texts("features");
        input.rejectUnknownKeys();
        try {
            return new NetworkInput(name, shape, features);
        } catch (IllegalArgumentException e) {
            throw contradiction(e);
        }
    }

    private static Shape shape(JsonObject input) {
        try {
            return Shape.of(input.integers("shape"));
        } catch (IllegalArgumentException impossible) {
            throw input.refuse("shape", impossible.getMessage() + ". Write the bundle again");
        }
    }

    private static Task task(JsonObject bundle) {
        String word = bundle.text("task");
        for (Task task : Task.values()) {
            if (task.word().equals(word)) {
                return task;
            }
        }
        throw bundle.refuse(
                "task",
                "must be binary, multiclass, regression or ranking, found \"" + word + "\". Write the bundle again");
    }

    private static @Nullable TrainingWindow training(JsonObject bundle) {
        if (!bundle.has("training")) {
            return null;
        }
        JsonObject window = bundle.object("training");
        TrainingWindow training = new TrainingWindow(instant(window, "from"), instant(window, "to"));
        window.rejectUnknownKeys();
        return training;
    }

    private static Instant instant(JsonObject window, String key) {
        try {
            return Instant.parse(window.text(key));
        } catch (DateTimeParseException e) {
            throw window.refuse(key, "must be a time like 2018-07-25T00:00:00Z. Write the bundle again");
        }
    }

    private static void writeTraining(ObjectNode bundle, @Nullable TrainingWindow training) {
        if (training == null) {
            bundle.putNull("training");
            return;
        }
        bundle.putObject("training")
                .put("from", training.from().toString())
                .put("to", training.to().toString());
    }

    private static JsonObject only(JsonObject bundle, String key) {
        List<JsonObject> ends = bundle.objects(key);
        if (ends.size() != 1) {
            throw bundle.refuse(
                    ModelException.Code.UNSUPPORTED,
                    key,
                    "has " + ends.size() + " entries; networks with one input and one output are supported. Use such a"
                            + " network");
        }
        return ends.get(0);
    }

    private static int width(JsonObject end) {
        int[] shape = end.integers("shape");
        if (shape.length != 1 || shape[0] < 1) {
            throw end.refuse(
                    ModelException.Code.UNSUPPORTED,
                    "shape",
                    "has " + shape.length + " dimensions; it lists flat values, one dimension. Write the bundle again");
        }
        return shape[0];
    }

    private static void end(ArrayNode ends, String name, int[] dimensions, String namesKey, List<String> names) {
        ObjectNode end = ends.addObject();
        end.put("name", name);
        ArrayNode shape = end.putArray("shape");
        Arrays.stream(dimensions).forEach(shape::add);
        ArrayNode list = end.putArray(namesKey);
        names.forEach(list::add);
    }

    private static <T> Map<String, T> map(JsonObject object, BiFunction<JsonObject, String, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        for (String key : object.keys()) {
            map.put(key, value.apply(object, key));
        }
        return map;
    }
}
