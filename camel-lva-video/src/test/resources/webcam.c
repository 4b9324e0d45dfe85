/*
 * A webcam that is not there. Preloaded into a process, it answers what is asked of /dev/video0 by V4L2: 25 YUYV pictures of 320x240 a
 * second. After WEBCAM_FRAMES of them the device is unplugged, or sends nothing more if WEBCAM_STALLS is set.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 320, HEIGHT = 240, BYTES = 2 * WIDTH * HEIGHT, PAGES = (BYTES + 4095) / 4096 * 4096, BUFFERS = 4, INTERVAL_MICROS = 40000 };

static int device = -1;
static unsigned char *memory;
static unsigned queued[BUFFERS], first, last, frames;
static long long due;

static long long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int open_device(const char *function, const char *path, int flags, int mode) {
    if (strcmp(path, "/dev/video0") != 0) {
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, function);
        return real(path, flags, mode);
    }
    device = memfd_create("webcam", 0);
    if (device < 0 || ftruncate(device, BUFFERS * PAGES) < 0) {
        return -1;
    }
    memory = mmap(NULL, BUFFERS * PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
    first = last = frames = 0;
    return device;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = va_arg(more, int);
    va_end(more);
    return open_device("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = va_arg(more, int);
    va_end(more);
    return open_device("open64", path, flags, mode);
}

static int take(struct v4l2_buffer *buffer) {
    const char *most = getenv("WEBCAM_FRAMES");
    if (most != NULL && frames >= (unsigned) atoi(most)) {
        errno = getenv("WEBCAM_STALLS") != NULL ? EAGAIN : ENODEV;
        return -1;
    }
    if (micros() < due || first == last) {
        errno = EAGAIN;
        return -1;
    }
    buffer->index = queued[first++ % BUFFERS];
    buffer->bytesused = BYTES;
    buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    buffer->timestamp.tv_sec = due / 1000000;
    buffer->timestamp.tv_usec = due % 1000000;
    memset(memory + buffer->index * PAGES, 128, BYTES);
    frames++;
    due += INTERVAL_MICROS;
    return 0;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *argument = va_arg(more, void *);
    va_end(more);
    if (fd != device || device < 0) {
        int (*real)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
        return real(fd, request, argument);
    }
    switch ((unsigned) request) {
    case (unsigned) VIDIOC_QUERYCAP:
        ((struct v4l2_capability *) argument)->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case (unsigned) VIDIOC_G_INPUT:
        *(int *) argument = 0;
        return 0;
    case (unsigned) VIDIOC_ENUMINPUT:
    case (unsigned) VIDIOC_S_INPUT:
    case (unsigned) VIDIOC_STREAMOFF:
        return 0;
    case (unsigned) VIDIOC_G_PARM:
    case (unsigned) VIDIOC_S_PARM:
        ((struct v4l2_streamparm *) argument)->parm.capture.timeperframe = (struct v4l2_fract) { 1, 25 };
        return 0;
    case (unsigned) VIDIOC_G_FMT:
    case (unsigned) VIDIOC_S_FMT: {
        struct v4l2_pix_format *format = &((struct v4l2_format *) argument)->fmt.pix;
        format->width = WIDTH;
        format->height = HEIGHT;
        format->pixelformat = V4L2_PIX_FMT_YUYV;
        format->field = V4L2_FIELD_NONE;
        format->bytesperline = 2 * WIDTH;
        format->sizeimage = BYTES;
        return 0;
    }
    case (unsigned) VIDIOC_REQBUFS:
        ((struct v4l2_requestbuffers *) argument)->count = BUFFERS;
        return 0;
    case (unsigned) VIDIOC_QUERYBUF: {
        struct v4l2_buffer *buffer = argument;
        buffer->length = BYTES;
        buffer->m.offset = buffer->index * PAGES;
        return 0;
    }
    case (unsigned) VIDIOC_QBUF:
        queued[last++ % BUFFERS] = ((struct v4l2_buffer *) argument)->index;
        return 0;
    case (unsigned) VIDIOC_STREAMON:
        due = micros();
        return 0;
    case (unsigned) VIDIOC_DQBUF:
        return take(argument);
    default:
        errno = ENOTTY;
        return -1;
    }
}
