/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The plan: a pipeline file with every name resolved to a slot and everything checked that can be checked before a start.
 *
 * <p>Enters: the pipeline document, the schema files, the model store. Leaves: a serializable
 * {@link io.millrace.flink.plan.InferencePlan}, or every problem at once. Never here: Flink, Kafka.
 */
@NullMarked
package io.millrace.flink.plan;

import org.jspecify.annotations.NullMarked;
