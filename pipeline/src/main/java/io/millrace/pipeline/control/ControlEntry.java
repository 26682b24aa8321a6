/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.control;

/**
 * One record of a pipeline's control topic. The topic has one partition and is kept for ever; which model scores which event
 * is a function of its records in their order.
 */
public sealed interface ControlEntry permits ModelCommand, Preparation, RollCall, Vote {}
