/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** An object that leaves a mark when it is deserialized. */
public final class SerialCanary implements Serializable {

    /** Set to {@code true} by {@code readObject}. */
    public static final String MARK = "millrace.test.serial-canary";

    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        System.setProperty(MARK, "true");
    }
}
