/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.signature;

import io.millrace.model.ModelException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether bundles must be signed, and by whom. It is applied to a bundle before anything else of it is read. */
public final class SignaturePolicy {

    /** Takes every bundle; signatures are not looked at. */
    public static final SignaturePolicy OFF = new SignaturePolicy(Mode.OFF, Map.of(), warning -> {});

    private static final int SHOWN_DIGITS = 16;

    private final Mode mode;
    private final Map<String, PublicKey> trusted;
    private final Consumer<ModelException> warnings;

    private SignaturePolicy(Mode mode, Map<String, PublicKey> trusted, Consumer<ModelException> warnings) {
        this.mode = mode;
        this.trusted = trusted;
        this.warnings = warnings;
    }

    /** Refuses a bundle that none of these keys signed. */
    public static SignaturePolicy require(Collection<PublicKey> trusted) {
        return new SignaturePolicy(Mode.REQUIRE, byId(Mode.REQUIRE, trusted), warning -> {});
    }

    /** Takes every bundle, and hands on what {@link #require} would refuse it for. */
    public static SignaturePolicy warn(Collection<PublicKey> trusted, Consumer<ModelException> warnings) {
        return new SignaturePolicy(Mode.WARN, byId(Mode.WARN, trusted), warnings);
    }

    /** The policy of a mode; what does not apply in that mode is not looked at. */
    public static SignaturePolicy of(Mode mode, Collection<PublicKey> trusted, Consumer<ModelException> warnings) {
        return switch (mode) {
            case REQUIRE -> require(trusted);
            case WARN -> warn(trusted, warnings);
            case OFF -> OFF;
        };
    }

    public Mode mode() {
        return mode;
    }

    /** What is wrong with a bundle's signature; null where nothing is, or nobody asks. */
    public @Nullable ModelException fault(byte[] manifest, byte @Nullable [] signature) {
        if (mode == Mode.OFF) {
            return null;
        }
        if (signature == null) {
            return new ModelException(
                    ModelException.Code.SIGNATURE_MISSING,
                    "signature: is missing, so nobody vouches for this bundle (signature policy: " + mode.word()
                            + "). Sign it with a trusted key.");
        }
        try {
            return fault(manifest, BundleSignature.read(signature));
        } catch (ModelException malformed) {
            return malformed;
        }
    }

    /** Hands on a warning. */
    public void warn(ModelException fault) {
        warnings.accept(fault);
    }

    private @Nullable ModelException fault(byte[] manifest, BundleSignature signature) {
        PublicKey key = trusted.get(signature.keyId());
        if (key == null) {
            return new ModelException(
                    ModelException.Code.SIGNATURE_KEY,
                    "signature: is by the key " + shown(signature.keyId()) + ", which is not trusted here (trusted: "
                            + trusted.keySet().stream()
                                    .map(SignaturePolicy::shown)
                                    .collect(Collectors.joining(", "))
                            + "). Sign the bundle with a trusted key, or trust that one.");
        }
        if (!signature.matches(manifest, key)) {
            return new ModelException(
                    ModelException.Code.SIGNATURE_ALTERED,
                    "signature: the key " + shown(signature.keyId()) + " did not sign this bundle.json: it was altered"
                            + " afterwards, or the signature is another bundle's. Restore what was signed, or sign the"
                            + " bundle again.");
        }
        return null;
    }

    private static Map<String, PublicKey> byId(Mode mode, Collection<PublicKey> trusted) {
        if (trusted.isEmpty()) {
            throw new ModelException(
                    ModelException.Code.KEY,
                    "signature policy: " + mode.word() + " needs at least one trusted public key, found none. Name the"
                            + " key, or set the policy to off.");
        }
        Map<String, PublicKey> keys = new TreeMap<>();
        trusted.forEach(key -> keys.put(ModelKeys.id(key), key));
        return keys;
    }

    private static String shown(String keyId) {
        return keyId.substring(0, SHOWN_DIGITS);
    }

    /** What happens to a bundle that no trusted key signed. */
    public enum Mode {
        /** It is refused. */
        REQUIRE,
        /** It is taken, with a warning. */
        WARN,
        /** It is taken. */
        OFF;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
