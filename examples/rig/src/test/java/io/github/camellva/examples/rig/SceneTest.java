package io.github.camellva.examples.rig;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SceneTest {

    private final Scene scene = new Scene();

    @Test
    void everyObjectMovesWithEveryFrame() {
        for (int index = 1; index < 1000; index++) {
            assertThat(scene.objectsAt(index)).doesNotContainAnyElementsOf(scene.objectsAt(index - 1));
        }
    }

    @Test
    void objectsStayInThePictureAndApartFromOneAnother() {
        for (int index = 0; index < 1000; index++) {
            List<Box> objects = scene.objectsAt(index);
            assertThat(objects).allSatisfy(box -> {
                assertThat(box.left()).isNotNegative();
                assertThat(box.left() + box.width()).isLessThanOrEqualTo(1);
            });
            for (int i = 1; i < objects.size(); i++) {
                Box above = objects.get(i - 1);
                assertThat(objects.get(i).top() - above.top() - above.height()).isGreaterThan(24f / Scene.HEIGHT);
            }
            Box lowest = objects.get(objects.size() - 1);
            assertThat(lowest.top() + lowest.height()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void outsideOfTheObjectsNothingChanges() {
        byte[] before = scene.render(10);
        byte[] after = scene.render(11);
        for (int y = 0; y < Scene.HEIGHT; y++) {
            for (int x = 0; x < Scene.WIDTH; x++) {
                Box pixel = Box.ofPixels(x, y, 1, 1, Scene.WIDTH, Scene.HEIGHT);
                if (isOutside(pixel, 10) && isOutside(pixel, 11)) {
                    assertThat(after[y * Scene.STRIDE_BYTES + x * 3]).isEqualTo(before[y * Scene.STRIDE_BYTES + x * 3]);
                }
            }
        }
    }

    private boolean isOutside(Box pixel, long index) {
        return scene.objectsAt(index).stream().allMatch(object -> object.overlap(pixel) == 0);
    }
}
