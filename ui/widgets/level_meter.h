#pragma once

#include <QWidget>
#include <vector>

namespace vidimus::ui::widgets {

/// Sound level per channel in dBFS with peak hold, scale 0 … −60; 46 wide, stands in the picture's surround.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    struct Channel {
        QString name; ///< "L"
        double levelDbfs = -90;
        double peakDbfs = -90;
    };

    explicit LevelMeter(QWidget* parent = nullptr);
    void setChannels(std::vector<Channel> channels);
    [[nodiscard]] QSize sizeHint() const override { return {46, 240}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Channel> m_channels;
};

} // namespace vidimus::ui::widgets
