/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.ModelException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that a DL4J configuration may name, by exact name. DL4J loads whatever class its JSON names, and loading one
 * runs its static initialiser; so every object of the text must be of a class on this list or stand where DL4J expects no
 * class at all.
 */
final class SupportedClasses {

    static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
    static final String RECURRENT = LAYERS + "recurrent.";
    static final String PREPROCESSORS = "org.deeplearning4j.nn.conf.preprocessor.";
    static final String GRAPH = "org.deeplearning4j.nn.conf.graph.";
    static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";

    private static final String TYPE = "@class";
    private static final String DISTRIBUTION_TYPE = "type";
    private static final Set<String> DISTRIBUTION_KEYS = Set.of("distribution", "dist");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Set<String> NAMES = names();

    private SupportedClasses() {}

    /** Refuses a layer that names a class outside the list, or is an object of no class where one is needed. */
    static void check(String path, JsonNode node) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + "." + i, node.get(i));
            }
        } else if (node.isObject()) {
            checkType(path, node, TYPE);
            checkValues(path, node, TYPE);
        }
    }

    private static void checkValues(String path, JsonNode node, String typeKey) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String place = path + "." + field.getKey();
            if (DISTRIBUTION_KEYS.contains(field.getKey()) && field.getValue().isObject()) {
                checkType(place, field.getValue(), DISTRIBUTION_TYPE);
                checkValues(place, field.getValue(), DISTRIBUTION_TYPE);
            } else if (!field.getKey().equals(typeKey)) {
                refuseType(place, field.getKey());
                check(place, field.getValue());
            }
        }
    }

    private static void checkType(String path, JsonNode node, String typeKey) {
        JsonNode type = node.get(typeKey);
        if (type == null || !type.isTextual()) {
            throw refuse(path + " is an object without a class. Save the network with DL4J 1.0.0-M2.1");
        }
        if (!NAMES.contains(type.textValue())) {
            throw refuse(path + " is of class " + shown(type.textValue())
                    + ", which is not supported. Build the network from supported layers, activations, losses and"
                    + " initialisers");
        }
    }

    private static void refuseType(String place, String key) {
        if (key.equals(TYPE) || key.equals(DISTRIBUTION_TYPE)) {
            throw refuse(place + " names a class where none may stand. Save the network with DL4J 1.0.0-M2.1");
        }
    }

    static ModelException refuse(String what) {
        return new ModelException(ModelException.Code.UNSUPPORTED, "configuration.json: " + what + ".");
    }

    static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 120 ? clean : clean.substring(0, 120) + "…";
    }

    /** All names on the list. */
    static Set<String> names() {
        Set<String> names = new HashSet<>();
        add(
                names,
                LAYERS,
                "ActivationLayer BatchNormalization Convolution1D Convolution1DLayer Convolution2D ConvolutionLayer"
                        + " DenseLayer DropoutLayer EmbeddingLayer EmbeddingSequenceLayer GlobalPoolingLayer LSTM LossLayer OutputLayer Pooling1D Pooling2D RnnOutputLayer Subsampling1DLayer"
                        + " SubsamplingLayer ZeroPadding1DLayer ZeroPaddingLayer");
        add(names, RECURRENT, "Bidirectional LastTimeStep SimpleRnn");
        add(
                names,
                PREPROCESSORS,
                "CnnToFeedForwardPreProcessor FeedForwardToCnnPreProcessor FeedForwardToRnnPreProcessor"
                        + " RnnToFeedForwardPreProcessor");
        add(
                names,
                GRAPH,
                "ElementWiseVertex LayerVertex MergeVertex PreprocessorVertex ReshapeVertex rnn.LastTimeStepVertex");
        add(
                names,
                ACTIVATIONS,
                "Cube ELU GELU HardSigmoid HardTanH Identity LReLU Mish RationalTanh ReLU ReLU6 RectifiedTanh SELU"
                        + " Sigmoid SoftPlus SoftSign Softmax Swish TanH ThresholdedReLU");
        add(
                names,
                "org.nd4j.linalg.lossfunctions.impl.Loss",
                "BinaryXENT CosineProximity FMeasure Hinge KLD L1 L2 MAE MAPE MCXENT MSE MSLE MultiLabel"
                        + " NegativeLogLikelihood Poisson SparseMCXENT SquaredHinge Wasserstein");
        add(
                names,
                "org.deeplearning4j.nn.weights.WeightInit",
                "Constant Distribution Identity LecunUniform Normal Relu ReluUniform SigmoidUniform Uniform"
                        + " VarScalingNormalFanAvg VarScalingNormalFanIn VarScalingNormalFanOut"
                        + " VarScalingUniformFanAvg VarScalingUniformFanIn VarScalingUniformFanOut Xavier"
                        + " XavierLegacy XavierUniform");
        add(
                names,
                "org.deeplearning4j.nn.conf.distribution.",
                "BinomialDistribution ConstantDistribution GaussianDistribution LogNormalDistribution"
                        + " NormalDistribution OrthogonalDistribution TruncatedNormalDistribution UniformDistribution");
        add(
                names,
                "org.nd4j.linalg.learning.config.",
                "AMSGrad AdaBelief AdaDelta AdaGrad AdaMax Adam Nadam Nesterovs NoOp RmsProp Sgd");
        add(names, "org.nd4j.linalg.learning.regularization.", "L1Regularization L2Regularization WeightDecay");
        add(
                names,
                "org.nd4j.linalg.schedule.",
                "CycleSchedule ExponentialSchedule FixedSchedule InverseSchedule PolySchedule SigmoidSchedule"
                        + " StepSchedule");
        add(names, "org.deeplearning4j.nn.conf.dropout.", "AlphaDropout Dropout GaussianDropout GaussianNoise");
        add(
                names,
                "org.deeplearning4j.nn.conf.constraint.",
                "MaxNormConstraint MinMaxNormConstraint NonNegativeConstraint UnitNormConstraint");
        add(names, "org.deeplearning4j.nn.conf.weightnoise.", "DropConnect WeightNoise");
        return Set.copyOf(names);
    }

    private static void add(Set<String> names, String prefix, String suffixes) {
        SPACE.splitAsStream(suffixes).map(prefix::concat).forEach(names::add);
    }
}
