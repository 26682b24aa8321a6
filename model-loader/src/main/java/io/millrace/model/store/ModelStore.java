/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import io.millrace.model.ModelException;
import io.millrace.model.bundle.Bundle;
import io.millrace.pipeline.record.ModelVersion;
import java.util.List;
import java.util.Map;

/** Versions of models, and the aliases that point at them. Everything that is wrong is a {@link ModelException}. */
public interface ModelStore {

    /**
     * The version that an alias points at now, or that version itself.
     *
     * @throws ModelException with {@code NOT_FOUND} where there is none; asking again later may succeed
     */
    ModelVersion resolve(String name, String aliasOrVersion);

    /** Every version of a model, oldest number first; empty where there is no such model. */
    List<ModelVersion> list(String name);

    /** The names of all models, sorted. */
    List<String> names();

    /** The aliases of a model and the versions they point at, sorted; empty where there are none. */
    Map<String, String> aliases(String name);

    /** The bundle of a version, read and verified; refused when it is no longer the one that was resolved. */
    Bundle open(ModelVersion version);
}
