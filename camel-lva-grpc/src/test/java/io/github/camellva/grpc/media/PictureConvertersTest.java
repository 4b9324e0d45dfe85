package io.github.camellva.grpc.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;

class PictureConvertersTest {

    private static final PictureConverter JDK = new JdkPictures();
    private static final PictureConverter QUICK = new Named("quick");

    private record Named(String name) implements PictureConverter {

        @Override
        public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whatIsOnTheClassPathComesBeforeTheJdk() {
        assertThat(PictureConverters.choose("", List.of(QUICK, JDK))).isSameAs(QUICK);
    }

    @Test
    void aConverterCanBeForcedByItsName() {
        assertThat(PictureConverters.choose("jdk", List.of(QUICK, JDK))).isSameAs(JDK);
    }

    @Test
    void aConverterThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThatIllegalArgumentException().isThrownBy(() -> PictureConverters.choose("quick", List.of(JDK)))
                .withMessageContaining("camellva.pictures").withMessageContaining("'quick'").withMessageContaining("jdk");
    }

    @Test
    void theJdkConvertsWhereThereIsNothingElse() {
        assertThat(PictureConverters.preferred()).isSameAs(PictureConverters.preferred());
        assertThat(PictureConverters.preferred().name()).isEqualTo("jdk");
    }
}
