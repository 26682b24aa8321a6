/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Where progress goes when nobody watches. */
final class Silence implements ProgressBarConsumer {

    private static final int WIDTH = 80;

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String rendered) {}

    @Override
    public void close() {}
}
