"""คู่มือ: the officer's day in a page, and the keys."""

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.button_row import button_row, primary_button
from desktop.ui.dialog_size import start_size

GUIDE = """ทุกเช้า
• แถบบนบอกเรื่องที่เกินกำหนด (⚠) ครบกำหนดวันนี้ (●) และภายใน 3 วันทำการ (○) กดเพื่อแสดงเฉพาะเรื่องเหล่านั้น กดอีกครั้งเพื่อแสดงทั้งหมด
• ปุ่มวันบอกจำนวนเรื่องที่ต้องทำในแต่ละวันทำการ วันหยุดแสดงด้วยชื่อวัน
• ในรายการ เรื่องที่เร่งที่สุดอยู่บนสุด กด Enter เพื่อเปิดเรื่อง

ทำหลายเรื่องพร้อมกัน
• เลือกหลายแถวด้วย Shift หรือ Ctrl แล้วกด รับเรื่อง บันทึกการติดตาม หรือ ส่งต่อ ด้านล่าง
• โปรแกรมบันทึกทั้งหมดในครั้งเดียว ถ้ามีเรื่องใดบันทึกไม่ได้ จะไม่บันทึกเรื่องใดเลยและบอกเหตุผล

สัปดาห์แรก
• นำเข้าตารางที่ใช้อยู่ (Ctrl+I) โปรแกรมให้ตรวจก่อนเสมอ แถวที่รับไม่ได้จะบอกเหตุผล แถวที่ดีนำเข้าได้
• ตรวจข้อมูลโครงการ ปฏิทินวันหยุด และชื่อเจ้าหน้าที่ ในเมนูสำนักงาน

สิ้นเดือน
• แท็บรายงานประจำเดือนแสดงตัวเลข คะแนน และเรื่องที่เสียคะแนน ตรวจแล้วจึงออกรายงาน นำส่งภายในวันที่ 10 ของเดือนถัดไป

เมื่อมีปัญหา
• สิ่งที่พิมพ์ค้างไว้โดยยังไม่ได้บันทึก โปรแกรมเก็บเป็นร่างไว้ให้ ถ้าเครื่องดับหรือโปรแกรมปิดไปเอง เปิดใหม่แล้วกด คืนร่าง
• โปรแกรมจดสิ่งที่เกิดขึ้นไว้ในแฟ้ม logs/rongthuk.log ในโฟลเดอร์ข้อมูล (ดูได้ที่ เกี่ยวกับโปรแกรม)
  แฟ้มนั้นไม่มีชื่อ โทรศัพท์ หรือข้อความของเรื่องใด ส่งให้ผู้ดูแลได้

แป้นพิมพ์
Ctrl+N  เรื่องใหม่
Ctrl+F  ค้นหา (Esc ล้าง, ลูกศรลง ไปที่รายการ)
F5  วันนี้: แสดงทุกเรื่อง เรื่องเร่งอยู่บนสุด
Ctrl+1 Ctrl+2 Ctrl+3  รายการ รายละเอียด รายงาน
Ctrl+Shift+1 Ctrl+Shift+2 Ctrl+Shift+3  เกินกำหนด วันนี้ ภายใน 3 วันทำการ
Ctrl+R  รับเรื่องที่เลือก     Ctrl+T  บันทึกการติดตามเรื่องที่เลือก     Ctrl+Shift+T  ส่งต่อเรื่องที่เลือก
Ctrl+C  คัดลอกแถวที่เลือก     Ctrl+I  นำเข้าจากแฟ้ม
ช่องวันที่รับ 5/2/2563, ๕/๒/๒๕๖๓, 5 ก.พ. 2563, 5/2 และ +3
"""


class GuideDialog(QDialog):
    """A page to read beside the work: it does not hold the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()

    def _build(self) -> None:
        self.setWindowTitle("คู่มือ")
        start_size(self, 100 * theme.GRID, 70 * theme.GRID)
        self.page = QPlainTextEdit(GUIDE)
        self.page.setReadOnly(True)
        close = primary_button("&ปิด")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.addWidget(self.page)
        layout.addLayout(button_row(close))
