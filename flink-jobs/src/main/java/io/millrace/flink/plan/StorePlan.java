/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.plan;

import io.millrace.flink.store.ModelStores;
import io.millrace.model.ModelException;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.pipeline.file.PipelineDocument;
import io.millrace.pipeline.problem.Problems;
import io.millrace.pipeline.spec.ModelSpec;
import io.millrace.pipeline.spec.SignatureSpec;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a pipeline's models are, and who must have signed them. Whoever carries it opens the same store under the same
 * policy, wherever the file of a key is.
 *
 * @param uri absolute: {@code file:/srv/models}, or a URI of any file system that Flink has
 * @param mode what happens to a bundle that none of the keys signed
 * @param keys the public keys themselves; empty only with {@code OFF}
 */
public record StorePlan(String uri, SignatureSpec.Mode mode, List<PublicKey> keys) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(StorePlan.class);
    private static final String FILE = "file:";

    public StorePlan {
        keys = List.copyOf(keys);
    }

    /** The plan of a document; null, with problems, where a key cannot be read. */
    static @Nullable StorePlan of(PipelineDocument document, Problems problems) {
        ModelSpec model = document.spec().model();
        int before = problems.asList().size();
        List<PublicKey> keys = keys(document, model.signature(), problems);
        boolean sound = problems.asList().size() == before;
        return sound
                ? new StorePlan(uri(document, model.store()), model.signature().mode(), keys)
                : null;
    }

    /** The store. What a policy of {@code WARN} has to say goes into the log. */
    public FileModelStore open() {
        SignaturePolicy.Mode policy = SignaturePolicy.Mode.valueOf(mode.name());
        return ModelStores.open(uri, SignaturePolicy.of(policy, keys, warning -> LOG.warn("{}", warning.getMessage())));
    }

    private static List<PublicKey> keys(PipelineDocument document, SignatureSpec signature, Problems problems) {
        List<PublicKey> keys = new ArrayList<>();
        if (signature.mode() == SignatureSpec.Mode.OFF) {
            return keys;
        }
        for (int i = 0; i < signature.keys().size(); i++) {
            try {
                keys.add(ModelKeys.readPublic(path(document, signature.keys().get(i))));
            } catch (ModelException refused) {
                problems.add("model.signature.keys[" + i + "]", String.valueOf(refused.getMessage()));
            }
        }
        return keys;
    }

    private static String uri(PipelineDocument document, String store) {
        if (!store.startsWith(FILE)) {
            return store;
        }
        try {
            return new URI("file", null, path(document, store).toString(), null).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("an absolute path that makes no URI", impossible);
        }
    }

    private static Path path(PipelineDocument document, String file) {
        return document.directory()
                .resolve(file.substring(FILE.length()))
                .toAbsolutePath()
                .normalize();
    }
}
