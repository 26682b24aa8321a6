/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} as Docker reads it: anchors and merges resolved. */
final class ComposeFile {

    /** The repository's root. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path PATH = ROOT.resolve("docker-compose.yml");

    private final Map<String, Object> services;

    private ComposeFile(Map<String, Object> services) {
        this.services = services;
    }

    static ComposeFile read() throws IOException {
        Map<String, Object> file = map(yaml(Files.readString(PATH)));
        return new ComposeFile(map(file.get("services")));
    }

    /** A document that may not say a key twice. */
    static Object yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    Iterable<String> services() {
        return services.keySet();
    }

    Map<String, Object> service(String name) {
        return map(services.get(name));
    }

    /** A key of a service that holds a list; empty when it is not there. */
    List<String> list(String service, String key) {
        Object value = service(service).getOrDefault(key, List.of());
        return ((List<?>) value).stream().map(Object::toString).toList();
    }

    Map<String, Object> environment(String service) {
        return map(service(service).get("environment"));
    }

    /** The file or folder of the repository that a service sees under a path. */
    Path mounted(String service, String path) {
        for (String volume : list(service, "volumes")) {
            String[] parts = volume.split(":");
            if (parts[0].startsWith("./") && path.startsWith(parts[1])) {
                return ROOT.resolve(parts[0])
                        .resolve(path.substring(parts[1].length()).replaceFirst("^/", ""))
                        .normalize();
            }
        }
        throw new AssertionError("nothing of the repository is mounted at " + path + " of " + service);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
