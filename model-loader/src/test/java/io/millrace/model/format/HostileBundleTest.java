/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BundleFiles;
import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.ModelFixture;
import io.millrace.model.network.Coefficients;
import io.millrace.model.signature.SignaturePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that are wrong on purpose, their digests right wherever an attacker could make them so. */
class HostileBundleTest {

    private static final String ALLOWED = "allowed: bundle.json, configuration.json, coefficients.bin, normalizer.json,"
            + " golden.json, card.md, vocabulary.json, calibration.json, reference.json, signature";

    @TempDir
    Path work;

    private BundleFiles files;

    @BeforeEach
    void writeGoodBundle() {
        files = BundleFiles.of(ModelFixture.draft(), work);
    }

    @Test
    void refusesAFileThatNoBundleHas() {
        files.put("preprocessor.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});
        assertRefused(
                Code.FILES,
                "holds 'preprocessor.bin', which is no file of a bundle (" + ALLOWED
                        + "). Remove it and write the bundle again.");
    }

    @Test
    void refusesAMissingFile() {
        files.remove("golden.json");
        assertRefused(Code.FILES, "golden.json: is missing. Write the bundle again.");
    }

    @Test
    void refusesADirectoryThatIsNoBundle() {
        files.remove("bundle.json");
        assertRefused(Code.FILES, "bundle.json: is missing, so this is no bundle. Check the path.");
    }

    @Test
    void refusesAFileThatNobodyVouchesFor() {
        files.put("reference.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertRefused(
                Code.FILES,
                "reference.json: is not listed in bundle.json, so nobody vouches for it. Write the bundle again.");
    }

    @Test
    void refusesAFileListedUnderAPath() {
        files.json("bundle.json", bundle -> bundle.withObject("/files").putObject("../evil"));
        assertRefused(
                Code.FILES,
                "bundle.json: files lists '../evil', which is no file that it may list. Write the bundle again.");
    }

    @Test
    void refusesAListedSignature() {
        files.vouched("signature", "x");
        assertRefused(
                Code.FILES,
                "bundle.json: files lists 'signature', which is no file that it may list. Write the bundle again.");
    }

    @Test
    void refusesAnotherDigest() {
        byte[] card = files.get("card.md").clone();
        card[0]++;
        files.put("card.md", card);
        assertRefused(
                Code.DIGEST,
                "card.md: has the sha256 " + Sha256.of(card)
                        + ", which is not the one in bundle.json. Copy the bundle again.");
    }

    @Test
    void refusesAnotherSizeWithoutReading() {
        byte[] whole = files.get("coefficients.bin");
        files.put("coefficients.bin", Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                Code.DIGEST,
                "coefficients.bin: has " + whole.length / 2 + " bytes, bundle.json says " + whole.length
                        + ". Copy the bundle again.");
    }

    @Test
    void refusesHalfOfTheWeightsEvenWhenVouchedFor() {
        byte[] whole = files.get("coefficients.bin");
        files.vouched("coefficients.bin", Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                Code.PARAMETERS, "coefficients.bin: ends inside its header, after 98 bytes. Write the bundle again.");
    }

    @Test
    void refusesMoreBytesThanTheCap() {
        files.directory(work.resolve("hostile"));
        long total =
                IntStream.of(0).mapToLong(i -> size(work.resolve("hostile"))).sum();
        assertThatThrownBy(() -> new BundleReader(total - 1, SignaturePolicy.OFF).read(work.resolve("hostile")))
                .hasMessage("bundle " + work.resolve("hostile") + ": has " + total + " bytes, a bundle has at most "
                        + (total - 1) + ". Make the model smaller.");
    }

    @Test
    void refusesAFileOverItsOwnCap() {
        files.put("card.md", new byte[(1 << 20) + 1]);
        assertRefused(Code.TOO_LARGE, "card.md: has 1048577 bytes, at most 1048576 are read. Make the file smaller.");
    }

    @Test
    void refusesALink() throws IOException {
        Path secret = Files.writeString(work.resolve("secret"), "secret");
        files.remove("card.md").directory(work.resolve("hostile"));
        Files.createSymbolicLink(work.resolve("hostile").resolve("card.md"), secret);
        assertRefusedAsWritten(
                Code.ARCHIVE, "card.md: is a link or a directory, not a file. Put the file itself there.");
    }

    @Test
    void refusesALyingParameterCount() {
        files.text(
                "configuration.json",
                json -> json.replace("\"nout\" : 4", "\"nout\" : 10000000")
                        .replace("\"nin\" : 4", "\"nin\" : 10000000"));
        assertRefused(
                Code.PARAMETERS,
                "configuration.json: its layers have 50000001 parameters, at most 50000000 are read. Use a smaller"
                        + " network.");
    }

    @Test
    void refusesAParameterCountThatTheWeightsDoNotHave() {
        files.text(
                "configuration.json",
                json -> json.replace("\"nout\" : 4", "\"nout\" : 1000000").replace("\"nin\" : 4", "\"nin\" : 1000000"));
        assertRefused(
                Code.PARAMETERS,
                "coefficients.bin: has the shape 1 × 21, the configuration has 5000001 parameters. Write the bundle"
                        + " again.");
    }

    @Test
    void refusesWidthsThatDoNotMeet() {
        files.text("configuration.json", json -> json.replace("\"nin\" : 4", "\"nin\" : 5"));
        assertRefused(
                Code.PARAMETERS,
                "configuration.json: confs.1.layer.nin is 5, but 4 values reach it. Write the bundle again with a network"
                        + " and inputs that belong together.");
    }

    @Test
    void refusesWidthsThatAreNoWidths() {
        files.text("configuration.json", json -> json.replace("\"nin\" : 3", "\"nin\" : -3"));
        assertRefused(
                Code.JSON,
                "configuration.json: confs.0.layer.nin is -3, a layer has from 1 to 10000000 values. Use another"
                        + " network.");
        files.text("configuration.json", json -> json.replace("\"nin\" : -3", "\"nin\" : 8589934592"));
        assertRefused(
                Code.JSON,
                "configuration.json: confs.0.layer.nin must be a whole number, found 8589934592. Write the bundle"
                        + " again.");
        files.text("configuration.json", json -> json.replace("\"nin\" : 8589934592", "\"nin\" : \"3\""));
        assertRefused(
                Code.JSON,
                "configuration.json: confs.0.layer.nin must be a whole number, found \"3\". Write the bundle again.");
    }

    @Test
    void refusesANetworkThatIsNotTheDescribedOne() {
        files.json(
                "bundle.json",
                bundle -> bundle.withObject("/inputs/0").withArray("features").add("spend"));
        files.json(
                "bundle.json",
                bundle -> bundle.withObject("/inputs/0").putArray("shape").add(4));
        files.vouched("normalizer.json", "{\"kind\": \"none\", \"means\": [0, 0, 0, 0]}");
        files.text("golden.json", json -> json.replaceAll("\\[ ([^\\[\\]]+, [^\\[\\]]+, [^\\[\\]]+) ]", "[ $1, 0.0 ]"));
        assertRefused(
                Code.PARAMETERS,
                "configuration.json: confs.0.layer.nin is 3, but 4 values reach it. Write the bundle again with a network"
                        + " and inputs that belong together.");
    }

    @Test
    void refusesWeightsThatAreNotFinite() {
        float[] weights = new float[21];
        weights[17] = Float.NaN;
        files.vouched("coefficients.bin", Coefficients.write(weights));
        assertRefused(
                Code.NON_FINITE,
                "coefficients.bin: weight 17 is NaN. Train the model again: a network with such a weight answers"
                        + " nothing.");
    }

    @Test
    void refusesAClassOutsideTheList() {
        files.text(
                "configuration.json",
                json -> json.replaceFirst(
                        "org.nd4j.linalg.activations.impl.ActivationReLU", "io.millrace.model.StaticCanary"));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.layer.activationFn is of class io.millrace.model.StaticCanary, which is not"
                        + " supported. Build the network from supported layers, activations, losses and initialisers.");
    }

    @Test
    void refusesAClassWhereNoneMayStand() {
        files.text(
                "configuration.json",
                json -> json.replaceFirst(
                        "\"biasUpdater\" : null",
                        "\"biasUpdater\" : { \"distribution\" : { \"type\" : \"java.lang.Runtime\" } }"));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.layer.biasUpdater is an object without a class. Save the network with DL4J"
                        + " 1.0.0-M2.1.");
        files.text(
                "configuration.json",
                json -> json.replaceFirst(
                        "\"biasUpdater\" : \\{ \"distribution\"", "\"biasUpdater\" : null, \"dist\""));
        files.text("configuration.json", json -> json.replaceFirst("} },", "},"));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.layer.dist is of class java.lang.Runtime, which is not supported. Build the"
                        + " network from supported layers, activations, losses and initialisers.");
    }

    @Test
    void refusesAClassBesideTheLayers() {
        files.text(
                "configuration.json",
                json -> json.replaceFirst(
                        "\"stepFunction\" : null",
                        "\"stepFunction\" : { \"@class\" : \"io.millrace.model.StaticCanary\" }"));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.stepFunction is of class io.millrace.model.StaticCanary, which is not"
                        + " supported. Build the network from supported layers, activations, losses and initialisers.");
    }

    @Test
    void refusesTheSameKeyTwice() {
        files.text("configuration.json", json -> json.replaceFirst("\"nin\" : 3", "\"nin\" : 3, \"nin\" : 4"));
        assertRefused(Code.JSON, "configuration.json: line 34: Duplicate field 'nin'. Write the bundle again.");
    }

    @Test
    void refusesLayersThatAreNotSupported() {
        files.text("configuration.json", json -> json.replaceFirst("layers.DenseLayer", "layers.Deconvolution2D"));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.layer is of class org.deeplearning4j.nn.conf.layers.Deconvolution2D, which is"
                        + " not supported. Build the network from supported layers, activations, losses and"
                        + " initialisers.");
    }

    @Test
    void refusesDoublePrecision() {
        files.text("configuration.json", json -> json.replaceFirst("\"FLOAT\"", "\"DOUBLE\""));
        assertRefused(
                Code.UNSUPPORTED,
                "configuration.json: confs.0.dataType is DOUBLE, only FLOAT is supported. Convert the network to"
                        + " FLOAT.");
    }

    @Test
    void refusesJsonThatIsTooDeepOrTooLong() {
        files.vouched("golden.json", "{\"origin\": " + "[".repeat(100_000));
        assertRefused(
                Code.JSON,
                "golden.json: line 1: Document nesting depth (65) exceeds the maximum allowed (64, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`). Write the bundle again.");
        files.vouched("golden.json", "{\"origin\": \"" + "x".repeat(70_000) + "\"}");
        assertRefused(
                Code.JSON,
                "golden.json: line 1: String value length (70000) exceeds the maximum allowed (65536, from"
                        + " `StreamReadConstraints.getMaxStringLength()`). Write the bundle again.");
    }

    @Test
    void refusesFewerGoldenCasesThanThirtyTwo() {
        String row = IntStream.range(0, 31).mapToObj(i -> "[1,2,3]").collect(Collectors.joining(","));
        String answers = IntStream.range(0, 31).mapToObj(i -> "[0.5]").collect(Collectors.joining(","));
        files.vouched("golden.json", "{\"origin\":\"self\",\"inputs\":[" + row + "],\"outputs\":[" + answers + "]}");
        assertRefused(
                Code.CONTENT,
                "golden.json: there are 31 inputs and 31 outputs, golden cases need as many of both, at least 32. Write"
                        + " the bundle again.");
    }

    @Test
    void refusesAGoldenCaseOfAnotherWidth() {
        files.vouched("golden.json", "{\"origin\":\"self\",\"inputs\":[[1,2]],\"outputs\":[[1]]}");
        assertRefused(
                Code.CONTENT, "golden.json: inputs.0 has 2 values, the bundle has 3 inputs. Write the bundle again.");
    }

    @Test
    void refusesStatisticsOfAnotherWidthOrWithoutSpread() {
        files.vouched(
                "normalizer.json", "{\"kind\":\"standardize\",\"mean\":[1,2],\"deviation\":[1,1,1],\"means\":[0,0,0]}");
        assertRefused(
                Code.CONTENT, "normalizer.json: mean has 2 values, the bundle has 3 inputs. Write the bundle again.");
        files.vouched(
                "normalizer.json",
                "{\"kind\":\"standardize\",\"mean\":[1,2,3],\"deviation\":[1,0,1],\"means\":[0,0,0]}");
        assertRefused(
                Code.CONTENT, "normalizer.json: every mean needs a deviation greater than 0. Write the bundle again.");
    }

    @Test
    void refusesAMissingMeanThatAGoldenCaseNeeds() {
        files.text("normalizer.json", json -> json.replaceFirst("\"means\" : \\[ 0.0", "\"means\" : [ null"));
        assertRefused(
                Code.CONTENT,
                "golden.json: inputs.31 lacks 'amount', for which normalizer.json has no mean. Give the mean or the"
                        + " value.");
    }

    @Test
    void refusesWhatItCannotApply() {
        files.vouched("vocabulary.json", "{\"channel\": [\"web\"]}");
        assertRefused(
                Code.UNSUPPORTED,
                "vocabulary.json: the input 'channel' is a category; this version scores numbers only. Upgrade Millrace,"
                        + " or train without categories.");
    }

    @Test
    void refusesACalibrationThatIsNone() {
        assertCalibrationRefused(
                Code.JSON,
                "{'method': 'temperature'}",
                "method must be identity, platt or isotonic, found \"temperature\". Write the bundle again.");
        assertCalibrationRefused(
                Code.JSON,
                "{'method': 'platt'}",
                "slope must be a finite number, found nothing. Write the bundle again.");
        assertCalibrationRefused(
                Code.CONTENT,
                "{'method': 'platt', 'slope': -1, 'intercept': 0}",
                "slope must be a finite number greater than 0 and intercept a finite number, found -1.0 and 0.0. Write the"
                        + " bundle again.");
        assertCalibrationRefused(
                Code.JSON,
                "{'method': 'identity', 'slope': 1}",
                "slope is no key of this version of Millrace (known here: method). Write the bundle again with this version.");
        assertCalibrationRefused(
                Code.CONTENT,
                "{'method': 'isotonic', 'answers': [0, 1], 'probabilities': [0.5]}",
                "there are 2 answers and 1 probabilities, there must be as many of both, from 1 to 10000. Write the bundle"
                        + " again.");
        assertCalibrationRefused(
                Code.CONTENT,
                "{'method': 'isotonic', 'answers': [0.3, 0.3], 'probabilities': [0, 1]}",
                "answer 1 is 0.3, answers must be finite and ascend. Write the bundle again.");
        assertCalibrationRefused(
                Code.CONTENT,
                "{'method': 'isotonic', 'answers': [0.3, 0.4], 'probabilities': [0.2, 0.1]}",
                "probability 1 is 0.1, probabilities must lie between 0 and 1 and never fall. Write the bundle again.");
        assertCalibrationRefused(
                Code.CONTENT,
                "{'method': 'isotonic', 'answers': [0.3], 'probabilities': [1.1]}",
                "probability 0 is 1.1, probabilities must lie between 0 and 1 and never fall. Write the bundle again.");
    }

    private void assertCalibrationRefused(Code code, String json, String rest) {
        files.vouched("calibration.json", json.replace('\'', '"'));
        assertRefused(code, "calibration.json: " + rest);
    }

    @Test
    void readsOptionalFilesThatChangeNothing() {
        files.vouched("calibration.json", "{\"method\": \"identity\"}");
        files.vouched("vocabulary.json", "{}");
        files.vouched("reference.json", "{\"histograms\": {}}");
        assertThat(new BundleReader()
                        .read(files.directory(work.resolve("hostile")))
                        .inputs())
                .containsExactly("amount", "hour", "risk");
    }

    @Test
    void refusesKeysAndFormatsOfLaterVersions() {
        files.json("bundle.json", bundle -> bundle.put("quantized", true));
        assertRefused(
                Code.JSON,
                "bundle.json: quantized is no key of this version of Millrace (known here: millrace_bundle, inputs,"
                        + " outputs, name, version, task, feature_digest, threshold, training, metrics, seeds, files)."
                        + " Write the bundle again with this version.");
        files.json("bundle.json", bundle -> bundle.put("millrace_bundle", 2));
        assertRefused(Code.JSON, "bundle.json: millrace_bundle is 2, this version reads format 1. Upgrade Millrace.");
    }

    @Test
    void refusesACardThatIsNoText() {
        files.vouched("card.md", new byte[] {(byte) 0xff});
        assertRefused(Code.CONTENT, "card.md: is not UTF-8 text. Write the bundle again.");
    }

    private void assertRefused(Code code, String message) {
        files.directory(work.resolve("hostile"));
        assertRefusedAsWritten(code, message);
    }

    private void assertRefusedAsWritten(Code code, String message) {
        Path hostile = work.resolve("hostile");
        assertThatThrownBy(() -> new BundleReader().read(hostile))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage("bundle " + hostile + ": " + message);
    }

    private static long size(Path directory) {
        long total = 0;
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                total += Files.size(entry);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return total;
    }
}
