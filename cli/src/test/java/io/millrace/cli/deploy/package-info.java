/**
 * Whether the files that deploy Millrace fit the build: versions, mounts, options, topics. Read only; nothing is deployed.
 */
@NullMarked
package io.millrace.cli.deploy;

import org.jspecify.annotations.NullMarked;
