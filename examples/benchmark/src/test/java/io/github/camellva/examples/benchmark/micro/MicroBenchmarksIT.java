package io.github.camellva.examples.benchmark.micro;

import java.util.Collection;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.assertj.core.api.Assertions.assertThat;

/** That the benchmarks run; what they measure in so short a time means nothing. */
@Timeout(60)
class MicroBenchmarksIT {

    @BeforeAll
    static void letOthersRunBenchmarks() {
        // JMH locks out other runs on the machine for the sake of figures, which nobody looks at here
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @CsvSource({
            "io.github.camellva.examples.benchmark.micro.MarshallerBenchmark, 6",
            "io.github.camellva.examples.benchmark.micro.InferenceDocumentBenchmark, 4",
            "io.github.camellva.examples.benchmark.micro.SessionBenchmark, 4",
            "io.github.camellva.examples.benchmark.micro.OnnxModelBenchmark, 4"
    })
    void runsWithAllParameters(Class<?> benchmarks, int results) throws RunnerException {
        Collection<RunResult> measured = new Runner(new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build()).run();

        assertThat(measured).hasSize(results)
                .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
