/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.record;

/**
 * One immutable version of a model.
 *
 * @param digest sha256 of the bundle's {@code bundle.json}, lower-case hexadecimal; that file names the digest of every
 *     other file
 */
public record ModelVersion(String name, String version, String digest) implements java.io.Serializable {}
