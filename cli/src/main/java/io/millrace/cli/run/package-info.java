/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Commands about a pipeline: check it, plan it, run it, show it.
 *
 * <p>Enters: a pipeline file. Leaves: a report, or a running job on a cluster inside this process. Never here: what the job
 * does.
 */
@NullMarked
package io.millrace.cli.run;

import org.jspecify.annotations.NullMarked;
