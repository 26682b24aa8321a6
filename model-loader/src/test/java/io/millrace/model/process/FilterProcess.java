/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.process;

import io.millrace.model.bundle.Bundle;
import io.millrace.model.format.BundleReader;
import io.millrace.model.score.FilteredAction;
import io.millrace.model.score.Scorer;
import io.millrace.model.score.Scorers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Deserializes outside and inside a load, where the filter factory is installed, and opens a scorer. */
public final class FilterProcess {

    private FilterProcess() {}

    /** A good bundle. */
    public static void main(String[] paths) throws IOException {
        System.out.println("outside: " + deserialize());
        System.clearProperty(SerialCanary.MARK);
        System.out.println("while loading: " + FilteredAction.run(FilterProcess::deserialize));
        System.out.println("mark: " + System.getProperty(SerialCanary.MARK));
        Bundle bundle = new BundleReader().read(Path.of(paths[0]));
        try (Scorer scorer = Scorers.open(bundle, 4)) {
            System.out.println("loaded: " + scorer.engine());
        }
        System.out.println("afterwards: " + deserialize());
    }

    private static String deserialize() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new SerialCanary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject().getClass().getSimpleName();
        } catch (InvalidClassException e) {
            return e.getMessage();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
