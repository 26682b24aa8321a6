/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A file system that Flink finds as it finds those of its plugins: {@code vault:/path} is a path of this machine. */
public final class VaultFileSystemFactory implements FileSystemFactory {

    @Override
    public String getScheme() {
        return "vault";
    }

    @Override
    public FileSystem create(URI uri) {
        return new LocalFileSystem();
    }
}
