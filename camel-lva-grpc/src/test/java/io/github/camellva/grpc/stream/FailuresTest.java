package io.github.camellva.grpc.stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTest {

    /** Its own methods fail, as those of broken libraries do. */
    private static final class Indescribable extends Exception {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }

    @Test
    void aFailureIsItsClassAndMessageInOneShortLine() {
        assertThat(Failures.describe(new IllegalStateException("no\nroom"))).startsWith("java.lang.IllegalStateException: no")
                .doesNotContain("\n");
        assertThat(Failures.describe(new IllegalStateException("x".repeat(10_000)))).hasSizeLessThan(600);
    }

    @Test
    void aFailureWhoseOwnMethodsFailIsItsClass() {
        assertThat(Failures.describe(new Indescribable())).isEqualTo(Indescribable.class.getName());
    }

    @Test
    void whatCanBeLoggedStaysAsItIs() {
        Exception failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        assertThat(Failures.isDescribable(failure)).isTrue();
        assertThat(Failures.describable(failure)).isSameAs(failure);
    }

    @Test
    void whatCannotBeLoggedIsReplacedAlsoWhenItIsACause() {
        assertThat(Failures.isDescribable(new Indescribable())).isFalse();
        Exception outer = new IllegalStateException("outer", new IllegalArgumentException("inner", new Indescribable()));
        assertThat(Failures.isDescribable(outer)).isFalse();
        assertThat(Failures.describable(outer)).hasMessage("java.lang.IllegalStateException, which cannot be described");
    }

    @Test
    void causesThatGoInACircleEnd() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        assertThat(Failures.isDescribable(first)).isTrue();
    }
}
