/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * JSON, read strictly: bounded in depth, strings and tokens, no duplicate keys, no unknown keys.
 *
 * <p>Enters: bytes that nobody trusts. Leaves: a plain tree, typed reads of it whose refusals say the place, and JSON text
 * with the same bytes for the same values. Never here: classes chosen by the text, DL4J.
 */
@NullMarked
package io.millrace.model.json;

import org.jspecify.annotations.NullMarked;
