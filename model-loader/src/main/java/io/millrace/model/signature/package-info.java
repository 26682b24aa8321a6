/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Who vouches for a bundle: Ed25519 signatures over the bytes of {@code bundle.json}, which names the digest of every other
 * file.
 *
 * <p>Enters: keys in PEM files, bytes that nobody trusts. Leaves: a signature, or what is wrong with one. Never here: what
 * the bundle says, and any check that runs before the signature's.
 */
@NullMarked
package io.millrace.model.signature;

import org.jspecify.annotations.NullMarked;
