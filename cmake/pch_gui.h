// Precompiled for every target with a window; a source still includes what it uses.
#include "pch_core.h"
#include <QAbstractItemModel>
#include <QAction>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QToolButton>
#include <QWidget>
