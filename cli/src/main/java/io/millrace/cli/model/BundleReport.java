/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.bundle.Description;
import io.millrace.model.bundle.TrainingWindow;
import io.millrace.model.signature.BundleSignature;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.record.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself, and what its store says of it.
 *
 * @param aliases that point at it
 * @param signer the id of the key that signed it, by the signature's own claim; null where nobody did
 */
record BundleReport(
        Bundle bundle, List<String> aliases, @Nullable String signer) implements Report {

    static BundleReport of(FileModelStore store, String name, String aliasOrVersion) {
        ModelVersion version = store.resolve(name, aliasOrVersion);
        Bundle bundle = store.open(version);
        List<String> aliases = store.aliases(name).entrySet().stream()
                .filter(alias -> alias.getValue().equals(version.version()))
                .map(Map.Entry::getKey)
                .toList();
        BundleSignature signature = store.signature(name, version.version());
        return new BundleReport(bundle, aliases, signature == null ? null : signature.keyId());
    }

    @Override
    public Map<String, Object> asMap() {
        Description description = bundle.description();
        TrainingWindow training = description.training();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", description.name());
        map.put("version", description.version());
        map.put("digest", bundle.version().digest());
        map.put("aliases", aliases);
        map.put("task", description.task().word());
        map.put("inputs", description.inputs());
        map.put("outputs", description.outputs());
        map.put("labels", description.labels());
        map.put("feature_digest", description.featureDigest());
        map.put("threshold", Double.isNaN(description.threshold()) ? null : description.threshold());
        map.put("trained_from", training == null ? null : training.from().toString());
        map.put("trained_to", training == null ? null : training.to().toString());
        map.put("metrics", description.metrics());
        map.put("seeds", description.seeds());
        map.put("golden_cases", bundle.golden().inputs().size());
        map.put("golden_origin", bundle.golden().origin().word());
        map.put("signature_key", signer);
        map.put("card", bundle.card());
        return map;
    }

    @Override
    public String asText() {
        Description description = bundle.description();
        StringBuilder text = new StringBuilder(Report.line("model", description.name() + ' ' + description.version()));
        text.append(Report.line("sha256", bundle.version().digest()));
        text.append(Report.line("aliases", aliases.isEmpty() ? "none" : String.join(", ", aliases)));
        text.append(Report.line("task", task(description)));
        text.append(Report.line("inputs", String.join(", ", description.inputs())));
        String features = description.featureDigest();
        text.append(Report.line("features", features == null ? "of any pipeline" : "digest " + features));
        TrainingWindow training = description.training();
        text.append(Report.line(
                "training",
                training == null ? "not known" : "events from " + training.from() + " to " + training.to()));
        description.metrics().forEach((name, value) -> text.append(Report.line("metric", metric(name, value))));
        text.append(Report.line(
                "golden",
                bundle.golden().inputs().size() + " cases of origin "
                        + bundle.golden().origin().word()));
        text.append(Report.line("signature", signer == null ? "none" : "by the key " + signer + ", not checked here"));
        return text.append(Report.line("", "")).append(bundle.card()).toString();
    }

    private static String task(Description description) {
        String outputs = description.outputs() + (description.outputs() == 1 ? " output" : " outputs");
        String labels = description.labels().isEmpty() ? "" : ": " + String.join(", ", description.labels());
        String threshold =
                Double.isNaN(description.threshold()) ? "" : ", positive from " + description.threshold() + " on";
        return description.task().word() + ", " + description.inputs().size() + " inputs, " + outputs + labels
                + threshold;
    }

    private static String metric(String name, double value) {
        return String.format(Locale.ROOT, "%-32s %10.4f", name, value);
    }
}
