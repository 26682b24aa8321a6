/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/** The fences between the rooms. No violation is frozen. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String WORDS = "io.millrace.pipeline..";
    private static final String DOORS = "io.millrace.schema..";
    private static final String FEATURES = "io.millrace.feature..";
    private static final String MODEL = "io.millrace.model..";
    private static final String MONITOR = "io.millrace.monitor..";
    private static final String HALLWAY = "io.millrace.flink..";
    private static final String TRAINER = "io.millrace.train..";
    private static final String KEY = "io.millrace.cli..";
    private static final String EXAMPLES = "io.millrace.example..";

    private static final String FLINK = "org.apache.flink..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String AVRO = "org.apache.avro..";
    private static final String DL4J = "org.deeplearning4j..";
    private static final String ND4J = "org.nd4j..";

    @ArchTest
    static final ArchRule dataWalksOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("words")
            .definedBy(WORDS)
            .layer("doors")
            .definedBy(DOORS)
            .layer("features")
            .definedBy(FEATURES)
            .layer("model")
            .definedBy(MODEL)
            .layer("monitor")
            .definedBy(MONITOR)
            .layer("hallway")
            .definedBy(HALLWAY)
            .layer("trainer")
            .definedBy(TRAINER)
            .layer("examples")
            .definedBy(EXAMPLES)
            .layer("key")
            .definedBy(KEY)
            .whereLayer("doors")
            .mayOnlyBeAccessedByLayers("hallway", "key")
            .whereLayer("features")
            .mayOnlyBeAccessedByLayers("hallway", "trainer", "key")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("hallway", "trainer", "key")
            .whereLayer("monitor")
            .mayOnlyBeAccessedByLayers("hallway", "trainer", "key")
            .whereLayer("hallway")
            .mayOnlyBeAccessedByLayers("key")
            .whereLayer("trainer")
            .mayOnlyBeAccessedByLayers("key")
            .whereLayer("examples")
            .mayOnlyBeAccessedByLayers("key")
            .whereLayer("key")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule wordsKnowNoEngine = never(WORDS, FLINK, KAFKA, AVRO, DL4J, ND4J);

    @ArchTest
    static final ArchRule doorsKnowNoFlinkAndNoModel = never(DOORS, FLINK, DL4J, ND4J);

    @ArchTest
    static final ArchRule featuresArePureMaths = never(FEATURES, FLINK, KAFKA, AVRO, DL4J, ND4J);

    @ArchTest
    static final ArchRule modelsKnowNoStream = never(MODEL, FLINK, KAFKA, AVRO);

    @ArchTest
    static final ArchRule monitorsArePureMaths = never(MONITOR, FLINK, KAFKA, AVRO, DL4J, ND4J);

    @ArchTest
    static final ArchRule trainersKnowNoFlink = never(TRAINER, FLINK, KAFKA);

    @ArchTest
    static final ArchRule plansAreFreeOfFlinkAndKafka = never("io.millrace.flink.plan..", FLINK, KAFKA);

    @ArchTest
    static final ArchRule examplesHoldNoEngineCode = never(EXAMPLES, FLINK, KAFKA, AVRO, DL4J, ND4J);

    @ArchTest
    static final ArchRule timeAndChanceComeInByTheDoor = noClasses()
            .that()
            .resideInAnyPackage(WORDS, DOORS, FEATURES, MONITOR, EXAMPLES)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .that(resideInAPackage("io.millrace.."))
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule javaObjectsAreNeverDeserialized = noClasses()
            .that()
            .resideInAnyPackage(WORDS, DOORS, FEATURES, MODEL, MONITOR, TRAINER, KEY)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer");

    @ArchTest
    static void everyPackageHasASignOnItsDoor(JavaClasses classes) {
        TreeSet<String> signless = new TreeSet<>();
        for (JavaClass each : classes) {
            JavaPackage room = each.getPackage();
            if (room.getName().startsWith("io.millrace")
                    && !room.tryGetPackageInfo()
                            .map(sign -> sign.isAnnotatedWith(NullMarked.class))
                            .orElse(false)) {
                signless.add(room.getName());
            }
        }
        Assertions.assertThat(List.copyOf(signless)).isEmpty();
    }

    private static ArchRule never(String room, String... strangers) {
        return noClasses()
                .that(resideInAPackage(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers);
    }
}
